#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tasks/task.h"
#include "core/tasks/word_pieces.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

struct Parsed
{
    std::vector<TaskExample> examples;
    std::vector<LeftOut> left_out;
};

Parsed parse(const std::string& jsonl)
{
    Parsed parsed;
    parsed.examples = parse_task(jsonl, "file.jsonl", &parsed.left_out);
    return parsed;
}

std::string refusal(const std::string& jsonl)
{
    try {
        parse(jsonl);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

std::string line(const nlohmann::json& json)
{
    return json.dump() + "\n";
}

std::string blimp(const std::string& good, const std::string& bad)
{
    return line({ { "sentence_good", good }, { "sentence_bad", bad }, { "field", "syntax" },
        { "UID", "made_up" }, { "one_prefix_method", true }, { "pairID", "0" } });
}

nlohmann::json verbs(const std::string& clean, const std::string& corrupted,
    const std::vector<std::string>& clean_verbs, const std::vector<std::string>& corrupted_verbs)
{
    return { { "clean_text", clean }, { "corr_text", corrupted }, { "clean_verbs", clean_verbs },
        { "corr_verbs", corrupted_verbs }, { "clean_verb_pos", { 1 } }, { "corr_verb_pos", { 1 } },
        { "clean_verb_ids", { 318 } }, { "corr_verb_ids", { 389 } } };
}

std::string target_of(const TaskExample& example, std::size_t span = 0)
{
    const std::vector<std::size_t> offsets = character_offsets(example.text);
    const auto start = offsets[static_cast<std::size_t>(example.spans[span].start)];
    const auto end = offsets[static_cast<std::size_t>(example.spans[span].end)];
    return example.text.substr(start, end - start);
}

/// The text with every span replaced by its alternative.
std::string put_right(const TaskExample& example)
{
    const std::vector<std::size_t> offsets = character_offsets(example.text);
    std::string text = example.text;
    for (std::size_t i = example.spans.size(); i-- > 0;) {
        const auto start = offsets[static_cast<std::size_t>(example.spans[i].start)];
        const auto end = offsets[static_cast<std::size_t>(example.spans[i].end)];
        text.replace(start, end - start, *example.spans[i].alternative);
    }
    return text;
}

} // namespace

TEST_CASE("words, the ends of contractions, and marks")
{
    const auto texts = [](const std::string& text) {
        std::vector<std::string> pieces;
        for (const WordPiece& piece : word_pieces(text))
            pieces.emplace_back(piece.text);
        return pieces;
    };
    CHECK(texts("I don't, they've.")
        == std::vector<std::string>{ "I", "don", "'t", ",", "they", "'ve", "." });
    CHECK(texts(" \t“Ça va”\u00a0— 3rd\n")
        == std::vector<std::string>{ "“", "Ça", "va", "”", "—", "3rd" });
    CHECK(texts("日本 '' x-y") == std::vector<std::string>{ "日本", "'", "'", "x", "-", "y" });
    CHECK(texts("").empty());
    CHECK(texts(" \n").empty());
}

TEST_CASE("BLiMP's pairs: the good sentence's words against the bad one's")
{
    const Parsed parsed = parse(blimp("The dogs near the cat bark.", "The dogs near the cat barks.")
        + blimp("Who isn't here?", "Who aren't here?")
        + blimp("Élan vital flows on.", "Élan vital flow on.")
        + blimp("Many old cups broke.", "Much broke.")
        + blimp("Dogs did not bark.", "Dogs did bark."));
    CHECK(parsed.left_out.empty());
    REQUIRE(parsed.examples.size() == 5);
    CHECK(parsed.examples[0]
        == TaskExample{ "The dogs near the cat bark.", { { 21, 26, " barks" } }, {} });
    CHECK(target_of(parsed.examples[1]) == " isn");
    CHECK(parsed.examples[1].spans[0].alternative == " aren");
    CHECK(target_of(parsed.examples[2]) == " flows"); // characters, not bytes
    CHECK(target_of(parsed.examples[3]) == "Many old cups");
    CHECK(parsed.examples[3].spans[0].alternative == "Much");
    // A word more: it competes with the word after it.
    CHECK(target_of(parsed.examples[4]) == " not bark");
    CHECK(parsed.examples[4].spans[0].alternative == " bark");
    for (const TaskExample& example : parsed.examples)
        CHECK_FALSE(example.corrupted);
    CHECK(put_right(parsed.examples[0]) == "The dogs near the cat barks.");
}

TEST_CASE("BLiMP's pairs that make no target are named with a reason")
{
    const Parsed parsed
        = parse(blimp("The cat which dogs chase runs.", "The cats which dogs chase run.") + "\n"
            + blimp("Some man saw who?", "Who saw some man?") + blimp("The same.", "The  same.")
            + blimp("It is so", "It is so very"));
    CHECK(parsed.examples.empty());
    REQUIRE(parsed.left_out.size() == 4);
    CHECK(parsed.left_out[0].where == "file.jsonl:1");
    CHECK(mentions(parsed.left_out[0].reason, "more than one stretch"));
    CHECK(parsed.left_out[1].where == "file.jsonl:3");
    CHECK(mentions(parsed.left_out[1].reason, "more than one stretch"));
    CHECK(mentions(parsed.left_out[2].reason, "the same words"));
    CHECK(mentions(parsed.left_out[3].reason, "beginning of the other"));
    CHECK(parsed.left_out[3].sentence()
        == "file.jsonl:5: one sentence is the beginning of the other.");
}

TEST_CASE("the paper's disagreement: the wrong verbs are the targets, the right ones compete")
{
    // `think` is wrong as well but not listed; the second `are` is, not the first.
    const Parsed parsed
        = parse(line(verbs("Is it late? She thinks the boys who sing are happy, and it's so.",
            "Are it late? She think the boys who sings is happy, and it're so.",
            { "sing", "are", "'s" }, { "sings", "is", "'re" })));
    CHECK(parsed.left_out.empty());
    REQUIRE(parsed.examples.size() == 1);
    const TaskExample& example = parsed.examples[0];
    REQUIRE(example.spans.size() == 3);
    CHECK(example.text == "Are it late? She think the boys who sings is happy, and it're so.");
    CHECK(target_of(example, 0) == " sings");
    CHECK(example.spans[0].alternative == " sing");
    CHECK(target_of(example, 1) == " is");
    CHECK(example.spans[1].alternative == " are");
    CHECK(target_of(example, 2) == "'re");
    CHECK(example.spans[2].alternative == "'s");
    CHECK(put_right(example) == "Are it late? She think the boys who sing are happy, and it's so.");
}

TEST_CASE("the paper's sentences have lost spaces, contractions and other subjects")
{
    const Parsed parsed = parse(
        line(verbs("They've met in a bad place, and Ann knows it.",
            "They has met ina bad place, and Ann know it.", { "'ve", "knows" }, { "has", "know" }))
        + line(verbs("He know this isn't it.", "You knows these aren't it.", { "know", "isn" },
            { "knows", "aren" }))
        + line(verbs("“Ça” is it, you're late, you're ill.", "“Ça” are it, you's late, you's ill.",
            { "is", "'re", "'re" }, { "are", "'s", "'s" })));
    CHECK(parsed.left_out.empty());
    REQUIRE(parsed.examples.size() == 3);
    CHECK(target_of(parsed.examples[0], 0) == " has");
    CHECK(parsed.examples[0].spans[0].alternative == "'ve");
    CHECK(target_of(parsed.examples[0], 1) == " know");
    CHECK(target_of(parsed.examples[1], 0) == " knows");
    CHECK(target_of(parsed.examples[1], 1) == " aren");
    REQUIRE(parsed.examples[2].spans.size() == 3);
    CHECK(parsed.examples[2].spans[0] == TaskSpan{ 4, 8, " is" });
    CHECK(parsed.examples[2].spans[1].start == 16);
    CHECK(parsed.examples[2].spans[2].start == 28);
}

TEST_CASE("listed verbs that are not there are named")
{
    const Parsed parsed = parse(line(verbs("It is so and it has it.", "It are so and it have it.",
                                    { "is", "goes", "has" }, { "are", "go", "have" }))
        + line(verbs("It is so.", "It are so.", { "has" }, { "have" }))
        + line(verbs("It is so.", "It is so.", { "is" }, { "is" })));
    REQUIRE(parsed.examples.size() == 1);
    CHECK(parsed.examples[0].spans.size() == 2);
    REQUIRE(parsed.left_out.size() == 3);
    CHECK(parsed.left_out[0].where == "file.jsonl:1, go for goes");
    CHECK(parsed.left_out[1].where == "file.jsonl:2, have for has");
    CHECK(parsed.left_out[2].where == "file.jsonl:3, is for is");
}

TEST_CASE("the paper's gender bias: a pronoun against the other gender's")
{
    const Parsed parsed
        = parse(line({ { "id", "1" }, { "sentence", "The nurse there lost her keys ." },
                    { "pronoun", "her" }, { "occupation", "nurse" } })
            + line({ { "sentence", "The chief said he agreed with Thelma." }, { "pronoun", "he" } })
            + line({ { "sentence", "The cook thanked him." }, { "pronoun", "him" },
                { "anti_pronoun", "them" } })
            + line({ { "sentence", "The cook thanked them." }, { "pronoun", "him" } }));
    REQUIRE(parsed.examples.size() == 3);
    CHECK(parsed.examples[0]
        == TaskExample{ "The nurse there lost her keys .", { { 20, 24, " him" } }, {} });
    CHECK(target_of(parsed.examples[1]) == " he");
    CHECK(parsed.examples[1].spans[0] == TaskSpan{ 14, 17, " she" });
    CHECK(parsed.examples[2].spans[0].alternative == " them");
    REQUIRE(parsed.left_out.size() == 1);
    CHECK(parsed.left_out[0].where == "file.jsonl:4, him");
}

TEST_CASE("faults of foreign lines are named by file, line and field")
{
    const std::string good = blimp("a b", "a c");
    const std::vector<std::pair<std::string, std::string>> wrong = {
        { R"({"sentence_good": "a b"})", "sentence_bad is missing" },
        { R"({"sentence_good": 3, "sentence_bad": "a"})", "sentence_good" },
        { R"({"sentence_good": "a", "sentence_bad": ["a"]})", "sentence_bad" },
        { R"({"sentence_bad": "a"})", "one of the fields" },
        { R"({"words": "a"})", "one of the fields" },
        { R"({"sentence_good": "a", "sentence_bad": "b", "text": "c"})", "sentence_good" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 1}]})", "another format" },
        { "{\"sentence_good\": \"\xc3\", \"sentence_bad\": \"b\"}", "UTF-8" },
    };
    for (const auto& [bad, part] : wrong) {
        INFO(bad);
        CHECK(mentions(refusal(good + "\n" + bad), "file.jsonl:3"));
        CHECK(mentions(refusal(good + "\n" + bad), part));
    }

    const nlohmann::json pair = verbs("It is.", "It are.", { "is" }, { "are" });
    REQUIRE(refusal(line(pair)).empty());
    for (const char* field : { "clean_text", "corr_text", "clean_verbs", "corr_verbs" }) {
        nlohmann::json missing = pair;
        missing.erase(field);
        CHECK(mentions(refusal(line(pair) + line(missing)), "file.jsonl:2"));
        for (const std::string value : { "3", "[]", "[1]", "[\"\"]", "[{}]", "[\"a\", \"b\"]" }) {
            nlohmann::json changed = pair;
            changed[field] = nlohmann::json::parse(value);
            INFO(changed.dump());
            CHECK(mentions(refusal(line(pair) + line(changed)), "file.jsonl:2"));
            CHECK(mentions(refusal(line(pair) + line(changed)),
                std::string(field).ends_with("verbs") ? "verbs" : field));
        }
    }
    nlohmann::json too_long = pair;
    too_long["corr_text"] = std::string(70'000, 'a');
    CHECK(mentions(refusal(line(too_long)), "bytes"));

    CHECK(mentions(refusal(R"({"pronoun": "he"})"), "sentence is missing"));
    CHECK(mentions(refusal(R"({"sentence": "It is.", "pronoun": "it"})"), "pronoun is it"));
    CHECK(mentions(refusal(R"({"sentence": "It is.", "pronoun": 1})"), "pronoun"));
}

TEST_CASE("a long sentence of nothing but differences ends")
{
    std::string clean = "x", corrupted = "x";
    std::vector<std::string> right, wrong;
    for (int i = 0; i < 1000; ++i) {
        clean += " a" + std::to_string(i);
        corrupted += " b" + std::to_string(i);
        right.push_back("c" + std::to_string(i));
        wrong.push_back("d" + std::to_string(i));
    }
    const Parsed parsed = parse(line(verbs(clean, corrupted, right, wrong)));
    CHECK(parsed.examples.empty());
    CHECK(parsed.left_out.size() == 1000);
}

TEST_CASE("real sentences, written as the paper's repository does, are read back"
    * doctest::test_suite("conditional"))
{
    const std::filesystem::path file = std::string(CIRCUITLOOM_SHARED) + "/data/sv/dev.jsonl";
    if (!std::filesystem::exists(file)) {
        circuitloom::testing::skip(std::string("there is no ") + file.string());
        return;
    }
    const auto word
        = [](std::string text) { return text.substr(text.find_first_not_of(" \t\u00a0")); };
    // The repository sometimes lists the first place of a verb that comes again twice, a verb that
    // was not changed, or one that has grown together with the next word.
    std::vector<TaskExample> examples = load_task(file.string());
    std::erase_if(examples, [](const TaskExample& example) {
        for (std::size_t i = 0; i < example.spans.size(); ++i) {
            const auto end
                = character_offsets(example.text)[static_cast<std::size_t>(example.spans[i].end)];
            const bool grown = end < example.text.size() && std::isalpha(example.text[end]);
            const bool again = i > 0 && example.spans[i].start < example.spans[i - 1].end;
            if (grown || again || target_of(example, i) == *example.spans[i].alternative)
                return true;
        }
        return false;
    });
    REQUIRE(examples.size() > 2900);
    std::string jsonl;
    for (const TaskExample& example : examples) {
        std::vector<std::string> right, wrong;
        for (std::size_t i = 0; i < example.spans.size(); ++i) {
            right.push_back(word(*example.spans[i].alternative));
            wrong.push_back(word(target_of(example, i)));
        }
        jsonl += line(verbs(put_right(example), example.text, right, wrong));
    }
    const Parsed parsed = parse(jsonl);
    for (const LeftOut& part : parsed.left_out)
        MESSAGE(part.sentence());
    CHECK(parsed.left_out.empty());
    REQUIRE(parsed.examples.size() == examples.size());
    int different = 0;
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (parsed.examples[i] != examples[i]) {
            ++different;
            if (different < 10)
                MESSAGE(to_jsonl({ parsed.examples[i] }) << to_jsonl({ examples[i] }));
        }
    CHECK(different == 0);
}

namespace {

Parsed parse_file(const std::string& text, const std::string& name)
{
    Parsed parsed;
    parsed.examples = parse_task(text, name, &parsed.left_out);
    return parsed;
}

} // namespace

TEST_CASE("EAP-IG's tables: what follows the clean prompt is given in token ids")
{
    const std::string rows = "1,\"Then, Mary and John\",\"Then, Tom and John\",47764,26757\n"
                             "2,\"He said \"\"hi\"\" to\",\"She said \"\"hi\"\" to\",7,8.0\n";
    const Parsed parsed
        = parse_file(",clean,corrupted,correct_idx,incorrect_idx\n" + rows, "ioi.csv");
    REQUIRE(parsed.examples.size() == 2);
    CHECK(parsed.examples[0]
        == TaskExample{ "Then, Mary and John", {}, "Then, Tom and John",
            TokenAnswer{ 47764, 26757 } });
    CHECK(parsed.examples[1].text == "He said \"hi\" to");
    CHECK(parsed.examples[1].answer == TokenAnswer{ 7, 8 });
    CHECK(parse_task(to_jsonl(parsed.examples), "written") == parsed.examples);

    // The columns in another order, the names of other tasks, other separators.
    const Parsed gender = parse_file("corrupted_answer_idx;clean_answer_idx;label;corrupted;clean\n"
                                     "339;673;0;The man slept because;The poet slept because\n",
        "gender.csv");
    REQUIRE(gender.examples.size() == 1);
    CHECK(gender.examples[0].text == "The poet slept because");
    CHECK(gender.examples[0].answer == TokenAnswer{ 673, 339 });
    const Parsed facts = parse_file("clean\tcapital\tcountry_idx\tcorrupted\tcorrupted_country_idx\n"
                                    " Kabul, the capital of\tKabul\t8037\t London, the capital "
                                    "of\t1578\n",
        "facts.tsv");
    REQUIRE(facts.examples.size() == 1);
    CHECK(facts.examples[0].text == " Kabul, the capital of");
}

TEST_CASE("EAP-IG's tables whose metric adds up many tokens are refused with the reason")
{
    for (const char* table : { "clean,corrupted,correct_idx\nThe war from 1732 to 17,x,32\n",
             "clean,corrupted,label\nThe war from 1732 to 17,x,32\n",
             "clean,corrupted,group,plural\nThe poems,The poem,simple,1\n",
             "clean,corrupted,answers_idx,corrupted_answers_idx\nx,y,\"[1, 2]\",\"[3]\"\n" }) {
        CAPTURE(table);
        CHECK_THROWS_WITH_AS(parse_file(table, "t.csv"),
            doctest::Contains("probabilities EAP-IG adds up"), InputError);
    }
    CHECK_THROWS_WITH_AS(parse_file("clean,corrupted\nx,y\n", "t.csv"),
        doctest::Contains("t.csv:2: correct_idx is missing"), InputError);
    CHECK_THROWS_WITH_AS(
        parse_file("clean,corrupted,correct_idx,incorrect_idx\nx,y,-1,2\n", "t.csv"),
        doctest::Contains("correct_idx is -1"), InputError);
    CHECK_THROWS_WITH_AS(parse_file("clean,corrupted,correct_idx,incorrect_idx\nx,y,1\n", "t.csv"),
        doctest::Contains("t.csv:2: the row has 3 values, but there are 4 columns"), InputError);
    CHECK_THROWS_WITH_AS(parse_file("clean,clean\nx,y\n", "t.csv"),
        doctest::Contains("the column clean comes twice"), InputError);
    std::string many; // so many that it would take minutes to compare each with each
    for (int i = 0; i < 1'000'000; ++i)
        many += std::to_string(i) + ",";
    CHECK_THROWS_WITH_AS(parse_file(many + "7\nx\n", "t.csv"),
        doctest::Contains("the column 7 comes twice"), InputError);
    CHECK_THROWS_WITH_AS(parse_file("just a line\n", "t.csv"),
        doctest::Contains("neither JSON, one object a line, nor a table"), InputError);
}

TEST_CASE("auto-circuit's files: one answer against all wrong ones")
{
    const nlohmann::json file = { { "seq_labels", { "a", "b" } }, { "word_idxs", { { "IO", 2 } } },
        { "prompts",
            { { { "clean", "When Mary and John" }, { "corrupt", "When Bob and John" },
                  { "answers", { " Mary" } }, { "wrong_answers", { " John", " Bob" } } },
                { { "clean", "x" }, { "corrupt", "y" }, { "answers", { " 1", " 2" } },
                    { "wrong_answers", { " 3" } } } } } };
    for (const int indentation : { -1, 2 }) {
        CAPTURE(indentation);
        const Parsed parsed = parse_file(file.dump(indentation), "ioi.json");
        REQUIRE(parsed.examples.size() == 1);
        const TaskExample& example = parsed.examples[0];
        CHECK(example.text == "When Mary and John Mary");
        CHECK(example.corrupted == "When Bob and John Mary");
        REQUIRE(example.spans.size() == 2);
        CHECK(example.spans[0] == TaskSpan{ 18, 23, " John" });
        CHECK(example.spans[1] == TaskSpan{ 18, 23, " Bob" });
        REQUIRE(parsed.left_out.size() == 1);
        CHECK(mentions(parsed.left_out[0].where, "prompts[1]"));
        CHECK(mentions(parsed.left_out[0].reason, "one answer"));
    }
    const nlohmann::json tokens = { { "prompts",
        { { { "clean", { 1, 2 } }, { "corrupt", { 1, 3 } }, { "answers", { 4 } } } } } };
    CHECK_THROWS_WITH_AS(parse_file(tokens.dump(), "t.json"),
        doctest::Contains("clean is a list of token ids; only texts are read"), InputError);
}

TEST_CASE("CounterFact: the true object against the new one, in every form people keep it in")
{
    const nlohmann::json rewrite = { { "case_id", 0 },
        { "requested_rewrite",
            { { "prompt", "The mother tongue of {} is" }, { "subject", "Danielle Darrieux" },
                { "relation_id", "P103" },
                { "target_true", { { "str", "French" }, { "id", "Q150" } } },
                { "target_new", { { "str", "English" }, { "id", "Q1860" } } } } },
        { "neighborhood_prompts", { "x" } } };
    const nlohmann::json flat
        = { { "prompt", "The mother tongue of Danielle Darrieux is" }, { "target_true", " French" },
              { "target_false", " English" } };
    for (const std::string& text : { nlohmann::json::array({ rewrite }).dump(1), rewrite.dump(),
             flat.dump(),
             std::string("subject,prompt,target_new,target_true\nD,The mother tongue of Danielle "
                         "Darrieux is,English,French\n") }) {
        CAPTURE(text);
        const Parsed parsed = parse_file(text, "facts");
        REQUIRE(parsed.examples.size() == 1);
        CHECK(parsed.examples[0]
            == TaskExample{ "The mother tongue of Danielle Darrieux is French",
                { { 41, 48, " English" } }, {} });
    }
    const Parsed known = parse_file(
        line({ { "known_id", 0 }, { "prompt", "Vinson Massif is located in the continent of" },
            { "attribute", "Antarctica" }, { "subject", "Vinson Massif" } }),
        "known_1000.json");
    REQUIRE(known.examples.size() == 1);
    CHECK(target_of(known.examples[0]) == " Antarctica");
    CHECK_FALSE(known.examples[0].spans[0].alternative);
}

TEST_CASE("MIB's records: names, letters and numbers with their counterfactual prompts")
{
    const Parsed names = parse_file(line({ { "prompt", "Mary and John went. John gave it to" },
                                        { "metadata",
                                            { { "indirect_object", "Mary" }, { "subject", "John" },
                                                { "random_c", "Tom" } } },
                                        { "s2_io_flip_counterfactual",
                                            { { "prompt", "Mary and John went. Mary gave it to" } } } }),
        "ioi.jsonl");
    REQUIRE(names.examples.size() == 1);
    CHECK(target_of(names.examples[0]) == " Mary");
    CHECK(names.examples[0].spans[0].alternative == " John");
    CHECK(names.examples[0].corrupted == "Mary and John went. Mary gave it to Mary");

    const nlohmann::json labels = { { "label", { "A", "B" } }, { "text", { "x", "y" } } };
    const nlohmann::json letters = { { "prompt", "Q\nA. x\nB. y\nAnswer: " }, { "choices", labels },
        { "answerKey", 1 },
        { "symbol_counterfactual",
            { { "prompt", "Q\nC. x\nD. y\nAnswer: " },
                { "choices", { { "label", { "C", "D" } }, { "text", { "x", "y" } } } },
                { "answerKey", 1 } } } };
    const Parsed mcqa = parse_file(line(letters), "mcqa.jsonl");
    REQUIRE(mcqa.examples.size() == 1);
    CHECK(target_of(mcqa.examples[0]) == "B");
    CHECK(mcqa.examples[0].spans[0].alternative == "D");

    const Parsed sums = parse_file(
        line({ { "prompt", "17+25=" }, { "operator", "+" }, { "label", 42 },
            { "random_counterfactual", { { "prompt", "11+25=" }, { "label", "36" } } } }),
        "sums.jsonl");
    REQUIRE(sums.examples.size() == 1);
    CHECK(sums.examples[0].text == "17+25=42");
    CHECK(sums.examples[0].spans[0].alternative == "36");
    CHECK(sums.examples[0].corrupted == "11+25=42");
}

TEST_CASE("what is no task is named with where it belongs")
{
    CHECK_THROWS_WITH_AS(parse_file(R"({"cfg": {}, "nodes": {}, "edges": {}})", "g.json"),
        doctest::Contains("a circuit's graph"), InputError);
    CHECK_THROWS_WITH_AS(
        parse_file(R"({"prompt": "x", "choices": ["a", "b"], "answer": 0})", "s.jsonl"),
        doctest::Contains("--capability"), InputError);
    CHECK_THROWS_WITH_AS(parse_file(R"({"question": "x", "choices": [], "answer": 0})", "s.jsonl"),
        doctest::Contains("--capability"), InputError);
}
