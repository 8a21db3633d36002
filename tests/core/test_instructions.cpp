#include "core/base/error.h"
#include "core/tasks/instructions.h"
#include "core/tasks/response_checks.h"
#include "core/tasks/worded_questions.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>

// IFEval's instructions. What is right here follows from the benchmark's own regular expressions,
// applied by hand.

using namespace circuitloom;

namespace {

Instruction made(const std::string& name, const std::string& arguments = "{}")
{
    const auto json = nlohmann::json::parse(arguments);
    return read_instruction(name, JsonObject(json, "kwargs"));
}

std::string refusal_of(const std::string& name, const std::string& arguments)
{
    try {
        made(name, arguments);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("words, forbidden words and letters are found whatever their case")
{
    const auto keywords = made("keywords:existence", R"({"keywords":["sun","Ärger"]})");
    CHECK(follows("SUNNY ärger", keywords));
    CHECK_FALSE(follows("The sun.", keywords));
    const auto forbidden = made("keywords:forbidden_words", R"({"forbidden_words":["can","it's"]})");
    CHECK(follows("a candle", forbidden));
    CHECK_FALSE(follows("Yes, we CAN.", forbidden));
    CHECK_FALSE(follows("So it's here", forbidden));
    CHECK(follows("__can", forbidden)); // an underscore is a letter of the word
    const auto twice
        = made("keywords:frequency", R"({"keyword":"the","frequency":2,"relation":"at least"})");
    CHECK(follows("The other", twice)); // within words too
    CHECK_FALSE(follows("the", twice));
    const auto few = made(
        "keywords:letter_frequency", R"({"letter":"E","let_frequency":3,"let_relation":"less than"})");
    CHECK(follows("Eve", few));
    CHECK_FALSE(follows("Eve e", few));
}

TEST_CASE("words, sentences and paragraphs are counted")
{
    CHECK(response::words("Don't stop—it's 3 o_clock!") == 7); // Don t stop it s 3 o_clock
    CHECK(response::words(" … ") == 0);
    const auto least = made(
        "length_constraints:number_words", R"({"num_words":3,"relation":"at least"})");
    CHECK(follows("one two three", least));
    CHECK_FALSE(follows("one two", least));
    const auto less = made(
        "length_constraints:number_words", R"({"num_words":3,"relation":"less than"})");
    CHECK(follows("one two", less));
    CHECK_FALSE(follows("one two three", less));
    CHECK(response::sentences("One. Two! \"Three?\" Four") == 4);
    CHECK(response::sentences("It costs 3.50 in all... Really.") == 2);
    CHECK(response::sentences("  ") == 0);

    const auto three = made("length_constraints:number_paragraphs", R"({"num_paragraphs":3})");
    CHECK(follows("a\n***\nb *** c", three));
    CHECK(follows("***a***b***c***", three));
    CHECK_FALSE(follows("a***b", three));
    CHECK_FALSE(follows("a*** ***b***c", three));

    const auto begins = made("length_constraints:nth_paragraph_first_word",
        R"({"num_paragraphs":2,"nth_paragraph":2,"first_word":"Weekend"})");
    CHECK(follows("One.\n\n'weekend, and more", begins));
    CHECK_FALSE(follows("Weekend\n\nOne", begins));
    CHECK_FALSE(follows("One\n\nweekends", begins));
    CHECK_FALSE(follows("One\n\nweekend\n\nthree", begins));
}

TEST_CASE("placeholders, bullets, highlights, sections, postscripts and titles")
{
    CHECK(response::placeholders("[name] lives in [a][b\nc] [") == 2);
    CHECK(response::bullets("* one\n  - two\n**three**\n*four\ntext - five\n*") == 3);
    CHECK(response::bullets("*\n- the star's text") == 1);
    CHECK(response::highlights("*one* and **two** and * * and *three\n*") == 2);
    CHECK(response::sections("SECTION 1\nx\nSECTION2 y SECTION  3 section 4", "SECTION") == 2);
    const auto postscript
        = made("detectable_content:postscript", R"({"postscript_marker":"P.P.S"})");
    CHECK(follows("Bye.\np. p.S. me", postscript));
    CHECK_FALSE(follows("Bye.\nP.S. me", postscript));
    const auto plain = made("detectable_content:postscript", R"({"postscript_marker":"P.S."})");
    CHECK(follows("Bye.\nP. S. me", plain));
    CHECK_FALSE(follows("ps. me", plain));
    CHECK(response::has_title("x\n<<A title>>\ny"));
    CHECK_FALSE(response::has_title("<< >>"));
    CHECK_FALSE(response::has_title("<<a\nb>>"));
    const auto bullets = made("detectable_format:number_bullet_lists", R"({"num_bullets":2})");
    CHECK(follows("* a\n* b", bullets));
    CHECK_FALSE(follows("* a\n* b\n* c", bullets)); // exactly
}

TEST_CASE("JSON, choices among answers, repetitions, ends, quotation marks, case and commas")
{
    CHECK(response::is_json("```json\n{\"a\": [1, NaN]}\n```"));
    CHECK(response::is_json(" 3 "));
    CHECK_FALSE(response::is_json("Here it is: {}"));
    CHECK(follows("Well. My answer is no. Sorry.", made("detectable_format:constrained_response")));
    CHECK_FALSE(follows("No.", made("detectable_format:constrained_response")));
    const auto two = made("combination:two_responses");
    CHECK(follows("a\n******\nb", two));
    CHECK_FALSE(follows("a******a", two));
    CHECK_FALSE(follows("a******b******c", two));
    const auto repeat
        = made("combination:repeat_prompt", R"({"prompt_to_repeat":" Say it. "})");
    CHECK(follows("\nsay it. Done.", repeat));
    CHECK_FALSE(follows("I say it.", repeat));
    const auto end = made("startend:end_checker", R"({"end_phrase":"Any questions? "})");
    CHECK(follows("\"No.\nANY questions?\" ", end));
    CHECK_FALSE(follows("Any questions? No.", end));
    CHECK(follows(" \"yes\"", made("startend:quotation")));
    CHECK_FALSE(follows("\"", made("startend:quotation")));
    CHECK(follows("ÄGYPTEN 3!", made("change_case:english_capital")));
    CHECK_FALSE(follows("ÄGYPTEN iS", made("change_case:english_capital")));
    CHECK_FALSE(follows("3!", made("change_case:english_capital")));
    CHECK(follows("all small", made("change_case:english_lowercase")));
    CHECK_FALSE(follows("All", made("change_case:english_lowercase")));
    // As NLTK's NLTKWordTokenizer tells words, of which lm-evaluation-harness counts the capitals.
    const std::pair<const char*, std::size_t> capitals[] = { { "I am A-B, NASA's", 3 },
        { "DON'T go AND/OR (STOP) HELLO,WORLD!", 6 }, { "U.S. 3D x2 *BOLD* it Is 42", 3 },
        { "WELL--NO... \"QUOTED\" SHE'LL", 5 }, { "ÄGYPTEN Ägypten", 1 }, { "x**YZ**A", 2 }, { "", 0 } };
    for (const auto& [text, count] : capitals) {
        CAPTURE(text);
        CHECK(response::capital_words(text) == count);
    }
    const auto few = made("change_case:capital_word_frequency",
        R"({"capital_frequency":2,"capital_relation":"less than"})");
    CHECK(follows("One NASA", few));
    CHECK_FALSE(follows("NASA and ESA", few));
    CHECK(follows("none", made("punctuation:no_comma")));
    CHECK_FALSE(follows("one, two", made("punctuation:no_comma")));
    CHECK_FALSE(follows(" \n", made("punctuation:no_comma"))); // nothing was answered
}

TEST_CASE("by the loose rule the first line, the last line and asterisks may be too much")
{
    const auto small = made("change_case:english_lowercase");
    for (const char* response : { "Sure:\nyes", "yes\nBye", "Sure:\nyes\nBye" }) {
        CAPTURE(response);
        CHECK_FALSE(follows(response, small));
        CHECK(follows_loosely(response, small));
    }
    CHECK_FALSE(follows_loosely("A\nB\nc\nD", small));
    CHECK_FALSE(follows_loosely("Only", small)); // nothing is left of one line
    const auto quoted = made("startend:quotation");
    CHECK_FALSE(follows("**\"yes\"**", quoted));
    CHECK(follows_loosely("**\"yes\"**", quoted));
}

TEST_CASE("every instruction can be read, and says what is missing")
{
    CHECK(known_instructions().size() == 24);
    CHECK(refusal_of("keywords:existence", "{}").find("keywords") != std::string::npos);
    CHECK(refusal_of("length_constraints:number_words", R"({"num_words":5,"relation":"about"})")
              .find("relation")
        != std::string::npos);
    CHECK(refusal_of("keywords:frequency", R"({"keyword":"","frequency":1,"relation":"at least"})")
              .find("keyword")
        != std::string::npos);
    CHECK(refusal_of("language:response_language", R"({"language":"de"})").find("kwargs")
        != std::string::npos);
}

TEST_CASE("IFEval's file: prompts as they are, absent arguments as null, unknown ones with their line")
{
    const samples::TemporaryFolder folder;
    const auto file = (folder / "input_data.jsonl").string();
    std::ofstream(file)
        << R"({"key":1000,"prompt":"Write.","instruction_id_list":["punctuation:no_comma",)"
        << R"("length_constraints:number_words"],"kwargs":[{"num_words":null},)"
        << R"({"relation":"at least","num_words":300,"keywords":null}]})" << "\n"
        << R"({"key":1001,"prompt":"Schreib.","instruction_id_list":)"
        << R"(["language:response_language"],"kwargs":[{"language":"de"}]})" << "\n";
    const auto read = worded_questions_of(file);
    REQUIRE(read);
    CHECK(read->rule == AnswerRule::instructions);
    REQUIRE(read->questions.size() == 2);
    CHECK(read->questions[0].question == "Write.");
    REQUIRE(read->questions[0].instructions.size() == 2);
    CHECK(read->questions[0].instructions[1].count == 300);
    CHECK_FALSE(read->questions[0].instructions[1].less);
    CHECK(read->questions[0].problem.empty());
    CHECK(read->questions[1].problem.find("input_data.jsonl:2") != std::string::npos);
    CHECK(read->questions[1].problem.find("language:response_language") != std::string::npos);

    std::ofstream(file, std::ios::app)
        << R"({"key":1,"prompt":"x","instruction_id_list":["startend:quotation"],"kwargs":[]})" << "\n";
    CHECK_THROWS_AS(worded_questions_of(file), InputError);
}
