// Published files of questions that are answered in words, and of sentences about people.
#include "core/base/error.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/task.h"
#include "core/tasks/worded_questions.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace circuitloom;

namespace {

const std::string gsm8k
    = R"({"question": "Ann has 1,000 eggs and sells 10 for $2.50. What is left?",
 "answer": "1000 - 10 = <<1000-10=990>>990 eggs.\n#### 990"})";

const std::string logic = R"([{"question": [{"<nl>": "aaa is True.\naaa -> aab.\nDeduce aab."}],
 "answer": true,
 "arts": {"Opera": {"<aaa>": "She sang", "<nl>": "She sang. If she sang, they clapped. Did they?"}}},
 {"question": [{"<nl>": "aac?"}], "answer": "N/A", "arts": {}}])";

const std::string squad = R"({"version": "v2.0", "data": [{"title": "Rivers", "paragraphs": [
 {"context": "The Danube flows through Ulm.", "qas": [
  {"question": "What flows through Ulm?", "id": "1", "is_impossible": false,
   "answers": [{"text": "The Danube", "answer_start": 0}, {"text": "Danube", "answer_start": 4},
    {"text": "Danube", "answer_start": 4}]},
  {"question": "What flows through Rome?", "id": "2", "is_impossible": true, "answers": [],
   "plausible_answers": [{"text": "The Danube", "answer_start": 0}]}]}]}]})";

const std::string winobias = "1 [The developer] argued with the designer because [she] was late.\n"
                             "2 The clerk told [the farmer] that it was [his] turn.\n";

const std::string bug
    = ",sentence_text,tokens,profession,g,g_first_index,predicted gender,stereotype\n"
      "0,\"Her boss said that the nurse lost her keys.\",\"[]\",nurse,her,7,Female,1\n"
      "1,The doctor called his wife.,[],doctor,His,3,Male,1\n";

template <class Parse>
std::string refusal_of(const Parse& parse)
{
    try {
        parse();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

class Written
{
public:
    Written(const std::string& name, const std::string& text)
        : file_((directory_.path() / name).string())
    {
        std::ofstream(file_) << text;
    }
    const std::string& path() const { return file_; }
    WordedQuestions questions() const
    {
        const auto read = worded_questions_of(file_);
        REQUIRE(read);
        return *read;
    }
    std::string refusal() const
    {
        return refusal_of([this] { worded_questions_of(file_); });
    }

private:
    samples::TemporaryFolder directory_;
    std::string file_;
};

std::string one_line(std::string text)
{
    std::erase(text, '\n');
    return text;
}

} // namespace

TEST_CASE("GSM8K's problems have the number behind the marks and the solution as reply")
{
    const Written file("test.jsonl", one_line(gsm8k) + "\n");
    const WordedQuestions read = file.questions();
    CHECK(read.rule == AnswerRule::number);
    REQUIRE(read.questions.size() == 1);
    CHECK(read.questions[0].question.starts_with("Ann has 1,000 eggs"));
    CHECK(read.questions[0].question.find("####") != std::string::npos);
    CHECK(read.questions[0].answers == std::vector<std::string>{ "990" });
    CHECK(read.questions[0].reply.ends_with("#### 990"));

    const Written broken("b.jsonl",
        one_line(gsm8k) + "\n" + R"({"question": "How many?", "answer": "many"})" + "\n");
    CHECK(broken.refusal().find("b.jsonl:2") != std::string::npos);
    CHECK(broken.refusal().find("answer") != std::string::npos);
}

TEST_CASE("ContextHub's problems come plain and in every topic, each with the word as answer")
{
    const WordedQuestions read = Written("deductive_logic.json", logic).questions();
    CHECK(read.rule == AnswerRule::word);
    REQUIRE(read.questions.size() == 3);
    CHECK(read.questions[0].question.starts_with("aaa is True."));
    CHECK(read.questions[1].question.starts_with("She sang. If"));
    CHECK(read.questions[1].answers == std::vector<std::string>{ "True" });
    CHECK(read.questions[1].reply == "<answer>True</answer>");
    CHECK(read.questions[2].answers == std::vector<std::string>{ "N/A" });

    const std::string unknown
        = Written("l.json", R"([{"question": [{"<nl>": "x"}], "answer": 3}])").refusal();
    CHECK(unknown.find("l.json[0]") != std::string::npos);
    CHECK(unknown.find("answer") != std::string::npos);
    const std::string without = Written(
        "m.json", R"([{"question": [{"<nl>": "x"}], "answer": true, "arts": {"Opera": {}}}])")
                                    .refusal();
    CHECK(without.find("Opera") != std::string::npos);
    CHECK(without.find("<nl>") != std::string::npos);
    const std::string two_lines = Written(
        "n.json", R"([{"question": [{"<nl>": "x"}], "answer": true, "a\nb": {"Opera": {}}}])")
                                      .refusal();
    CHECK(two_lines.find("Opera") != std::string::npos);
    CHECK(two_lines.find('\n') == std::string::npos);
}

TEST_CASE("a passage that is asked about again and again is refused before it takes the memory")
{
    std::string text = R"({"data": [{"paragraphs": [{"context": ")" + std::string(1 << 20, 'x')
        + R"(", "qas": [)";
    for (int i = 0; i < 300; ++i)
        text += std::string(i > 0 ? "," : "") + R"({"question": "?", "is_impossible": true})";
    const Written file("s.json", text + "]}]}]}\n");
    const std::string refusal = file.refusal();
    CHECK(refusal.find("qas[256]") != std::string::npos);
    CHECK(refusal.find("268435456 bytes") != std::string::npos);
}

TEST_CASE("SQuAD's questions stand behind their passage, impossible ones without an answer")
{
    for (const std::string& text : { squad, one_line(squad) }) {
        const WordedQuestions read = Written("dev-v2.0.json", text).questions();
        CHECK(read.rule == AnswerRule::span);
        REQUIRE(read.questions.size() == 2);
        CHECK(read.questions[0].question.starts_with(
            "The Danube flows through Ulm.\n\nWhat flows through Ulm?"));
        CHECK(read.questions[0].answers == std::vector<std::string>{ "The Danube", "Danube" });
        CHECK(read.questions[0].reply == "The Danube");
        CHECK(read.questions[1].answers.empty());
        CHECK(read.questions[1].reply == "unanswerable");
    }
    std::string broken = squad;
    broken.replace(broken.find("\"context\""), 9, "\"contest\"");
    const std::string refusal = Written("s.json", broken).refusal();
    CHECK(refusal.find("s.json") != std::string::npos);
    CHECK(refusal.find("paragraphs") != std::string::npos);
    CHECK(refusal.find("context") != std::string::npos);
}

TEST_CASE("other files have no such questions")
{
    CHECK_FALSE(worded_questions_of("/absent/file.jsonl"));
    CHECK_FALSE(worded_questions_of(
        Written("c.jsonl", R"({"prompt": "1 + 1 =", "choices": [" 2", " 3"], "answer": 0})")
            .path()));
    CHECK_FALSE(worded_questions_of(
        Written("q.jsonl", R"({"question": "1 + 1?", "choices": ["2", "3"], "answer": 0})")
            .path()));
    CHECK_FALSE(worded_questions_of(Written("t.txt", "Once upon a time.").path()));
}

TEST_CASE("a suite is made of questions, or of choices, not of both")
{
    const Written file("test.jsonl", one_line(gsm8k) + "\n");
    const CapabilitySuite suite = load_suite("maths", file.path());
    CHECK(suite.worded.questions.size() == 1);
    CHECK(suite.items.empty());
    const Written both("both.jsonl",
        one_line(gsm8k) + "\n" + R"({"prompt": "1 + 1 =", "choices": [" 2", " 3"], "answer": 0})");
    CHECK(refusal_of([&] { load_suite("x", both.path()); }).find("both.jsonl:2")
        != std::string::npos);
    // A task with single targets is something else.
    CHECK(refusal_of([&] { load_task(file.path()); }).find("task.train") != std::string::npos);
}

TEST_CASE("WinoBias's lines are targets and choices of their pronouns")
{
    const std::vector<TaskExample> examples = parse_task(winobias, "anti.txt");
    REQUIRE(examples.size() == 2);
    CHECK(examples[0].text == "The developer argued with the designer because she was late.");
    REQUIRE(examples[0].spans.size() == 1);
    CHECK(examples[0].spans[0].alternative == " he");
    CHECK(examples[1].spans[0].alternative == " her");

    const CapabilitySuite suite = load_suite("bias", Written("anti.txt", winobias).path());
    REQUIRE(suite.items.size() == 2);
    CHECK(suite.items[0].occupation == "developer");
    CHECK(suite.items[0].prompt == "The developer argued with the designer because");
    CHECK(suite.items[0].choices == std::vector<std::string>{ " she", " he" });
    CHECK(suite.items[1].occupation == "farmer");
    CHECK(suite.items[1].choices == std::vector<std::string>{ " his", " her" });

    const auto refused
        = [](const std::string& text) { return refusal_of([&] { parse_task(text, "w.txt"); }); };
    CHECK(
        refused(winobias + "no number [the farmer] [she]\n").find("w.txt:3") != std::string::npos);
    CHECK(refused(winobias + "\n4 The [farmer] left.\n").find("w.txt:4") != std::string::npos);
}

TEST_CASE("BUG's rows name the pronoun by its place")
{
    const std::vector<TaskExample> examples = parse_task(bug, "bug.csv");
    REQUIRE(examples.size() == 2);
    const std::string text = "Her boss said that the nurse lost her keys.";
    CHECK(examples[0].text == text);
    CHECK(examples[0].spans[0].start == static_cast<int>(text.find(" her keys")));
    CHECK(examples[1].spans[0].alternative == " her");
    const std::vector<ChoiceItem> items = parse_choices(bug, "bug.csv");
    CHECK(items[0].occupation == "nurse");
    CHECK(items[0].prompt == "Her boss said that the nurse lost");
    CHECK(items[1].occupation == "doctor");
    CHECK(refusal_of([] {
        parse_choices("sentence_text,profession,g\nNobody came.,nurse,her\n", "b.csv");
    }).find("b.csv:2")
        != std::string::npos);
}

TEST_CASE("the harness's own forms of choices are read")
{
    const auto items = parse_choices(
        R"({"activity_label": "Baking", "ctx_a": "A man stirs.", "ctx_b": "he [header] then", "ctx": "A man stirs. he then", "endings": ["eats  it.", "[substeps] flies."], "label": 1})"
        "\n"
        R"({"query": "Q: 1 + 1?\nA:", "choices": ["2", " 3"], "gold": 0})",
        "h.jsonl");
    REQUIRE(items.size() == 2);
    CHECK(items[0].prompt == "Baking: A man stirs. He then");
    CHECK(items[0].choices == std::vector<std::string>{ " eats it.", "  flies." });
    CHECK(items[0].answer == 1);
    CHECK(items[1].prompt == "Q: 1 + 1?\nA:");
    CHECK(items[1].choices == std::vector<std::string>{ " 2", " 3" });

    // The marks go, up to one that is not closed; a title's begins a sentence.
    std::string marks; // so many that it would take an hour to move the rest for each of them
    for (int i = 0; i < (4 << 20); ++i)
        marks += "[]";
    const auto marked = parse_choices(R"({"activity_label": "A", "ctx": "b [title] c[[x]y]d[e)"
            + marks + R"(", "endings": ["f [title]", "["], "label": 0})",
        "h.jsonl");
    REQUIRE(marked.size() == 1);
    CHECK(marked[0].prompt == "A: b. cy]d");
    CHECK(marked[0].choices == std::vector<std::string>{ " f. ", " [" });
    CHECK(refusal_of([] {
        parse_choices(R"({"query": "x", "choices": ["2", "3"], "gold": 2})", "h.jsonl");
    }).find("gold")
        != std::string::npos);
}

TEST_CASE("WinoGrande's sentences are scored after the blank, with either option in it")
{
    const std::string line
        = R"({"sentence": "The cup fell off the shelf because the _ was tilted. ", "option1": "cup", "option2": "shelf", "answer": "2"})";
    const auto items = parse_choices(line, "w.jsonl");
    REQUIRE(items.size() == 1);
    CHECK(items[0].prompt == "The cup fell off the shelf because the ");
    CHECK(items[0].lead_ins == std::vector<std::string>{ "cup", "shelf" });
    CHECK(items[0].choices == std::vector<std::string>(2, " was tilted."));
    CHECK(items[0].answer == 1);
    const auto refused = [](const std::string& sentence, const std::string& answer) {
        return refusal_of([&] {
            parse_choices(R"({"sentence": ")" + sentence
                    + R"(", "option1": "a", "option2": "b", "answer": )" + answer + "}",
                "w.jsonl");
        });
    };
    CHECK(refused("No blank.", "1").find("w.jsonl:1") != std::string::npos);
    CHECK(refused("It is _", "1").find("sentence") != std::string::npos);
    CHECK(refused("The _ fell.", "3").find("answer") != std::string::npos);
}
