#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/generated/generated_task.h"
#include "core/tasks/task.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

template <class Parse>
std::string refusal_of(Parse parse, const std::string& jsonl)
{
    try {
        parse(jsonl, "file.jsonl");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

std::string task_refusal(const std::string& jsonl)
{
    return refusal_of(
        [](const std::string& text, const char* origin) { return parse_task(text, origin); },
        jsonl);
}

std::string suite_refusal(const std::string& jsonl)
{
    return refusal_of(parse_choices, jsonl);
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// A file that is gone at the end of the test.
class TemporaryFile
{
public:
    TemporaryFile(const std::string& extension, const std::string& text)
        : path_(std::filesystem::temp_directory_path()
            / ("circuitloom-task-" + std::to_string(std::random_device{}()) + extension))
    {
        std::ofstream(path_) << text;
    }
    ~TemporaryFile()
    {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

} // namespace

TEST_CASE("a task file's examples")
{
    const std::vector<TaskExample> examples = parse_task(
        "{\"text\": \"you knows it\", \"spans\": [{\"start\": 3, \"end\": 9, \"alternative\": \" "
        "know\"}]}\r\n"
        "\n   \n"
        "{\"text\": \"日本語 is\", \"spans\": [{\"start\": 3, \"end\": 6, \"alternative\": null},"
        " {\"start\": 0, \"end\": 1}], \"corrupted\": \"x\", \"unknown\": 1}",
        "file.jsonl");
    REQUIRE(examples.size() == 2);
    CHECK(
        examples[0] == TaskExample{ "you knows it", { TaskSpan{ 3, 9, " know" } }, std::nullopt });
    // Characters are counted, not bytes.
    CHECK(examples[1]
        == TaskExample{
            "日本語 is", { TaskSpan{ 3, 6, std::nullopt }, TaskSpan{ 0, 1, std::nullopt } }, "x" });
    CHECK(parse_task(to_jsonl(examples), "written") == examples);
    CHECK(parse_task("", "empty").empty());
}

TEST_CASE("a field that is nearly one which is absent is told, others are not")
{
    std::vector<LeftOut> unread;
    const auto examples = parse_task(
        R"({"text": "abc", "spans": [{"start": 0, "end": 3, "alternatve": "b"}], "id": 3})"
        "\n"
        R"({"text": "abc", "spans": [{"start": 0, "end": 3}], "corrupt": "x", "metadata": {}})"
        "\n"
        R"({"text": "abc", "spans": [{"start": 0, "end": 3}], "corrupted": "x", "corrupt": "y"})",
        "file.jsonl", nullptr, &unread);
    CHECK(examples.size() == 3);
    REQUIRE(unread.size() == 2);
    CHECK(unread[0].where == "file.jsonl:1: spans[0]");
    CHECK(
        unread[0].reason == "a field \"alternatve\", which is not read; did you mean alternative?");
    CHECK(unread[1].where == "file.jsonl:2");
    CHECK(unread[1].reason == "a field \"corrupt\", which is not read; did you mean corrupted?");
    unread.clear();
    parse_task(R"({"sentence_good": "the dogs run", "sentence_bad": "the dogs runs", "txt": 1})",
        "file.jsonl", nullptr, &unread);
    CHECK(unread.empty()); // other people's files have fields of their own
}

TEST_CASE("a fault of the JSON is told with its line, however the text is written")
{
    for (const char* text : { R"({"text": "abc",)", R"({"text": "abc)",
             R"({"text": "abc",)"
             "\n",
             R"([{"text": "abc")" }) {
        CAPTURE(text);
        CHECK(mentions(task_refusal(text), "file.jsonl:1: not valid JSON"));
    }
    CHECK(mentions(task_refusal("[\n{\"text\": \"abc\",\n\"spans\": x}]"), "in line 3."));
    const std::string good = R"({"text": "abc", "spans": [{"start": 0, "end": 3}]})";
    CHECK(mentions(task_refusal(good + "\n{\"text\": x}"), "file.jsonl:2: not valid JSON"));
}

TEST_CASE("a file that is empty is said to be so")
{
    const TemporaryFile file(".jsonl", "\n  \n");
    const auto refusal = [&](const auto& load) {
        return refusal_of([&](const std::string&, const char*) { load(file.path()); }, "");
    };
    CHECK(refusal([](const std::string& path) { load_task(path); })
        == "The task file " + file.path() + " is empty; a task has one JSON object a line.");
    CHECK(refusal([](const std::string& path) { load_suite("x", path); })
        == file.path() + " is empty; a suite has one JSON object a line.");
}

TEST_CASE("faults are named by file, line and field")
{
    const std::string good = R"({"text": "abc", "spans": [{"start": 0, "end": 3}]})";
    REQUIRE(task_refusal(good).empty());
    const std::vector<std::pair<std::string, std::string>> wrong = {
        { R"({"spans": [{"start": 0, "end": 3}]})", "text" },
        { R"({"text": 3, "spans": [{"start": 0, "end": 3}]})", "text" },
        { R"({"text": "abc"})", "spans" },
        { R"({"text": "abc", "spans": []})", "spans" },
        { R"({"text": "abc", "spans": [3]})", "spans[0]" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 3}, {"start": 0, "end": 4}]})",
            "spans[1]: end" },
        { R"({"text": "é", "spans": [{"start": 0, "end": 2}]})", "end" },
        { R"({"text": "abc", "spans": [{"start": 2, "end": 2}]})", "end" },
        { R"({"text": "abc", "spans": [{"start": -1, "end": 2}]})", "start" },
        { R"({"text": "abc", "spans": [{"start": 0.5, "end": 2}]})", "start" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 99999999999}]})", "end" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 1, "alternative": 3}]})",
            "alternative" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 1}], "corrupted": []})", "corrupted" },
        { R"(["text"])", "object" },
        { R"({"text": )", "JSON" },
        { "{\"text\": \"\xff\"}", "JSON" },
        { std::string(100'000, '['), "nested" },
        { R"({"text": "abc", "text": "abcd", "spans": [{"start": 0, "end": 3}]})",
            "the key text comes twice" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 1}, {"end": 3, "end": 2}]})",
            "spans[1]: the key end comes twice" },
        { R"({"text": "abc", "spans": [{"start": NaN, "end": 3}]})", "JSON" },
        { R"({"text": "abc", "spans": [{"start": 0, "end": 1e999}]})", "too large" },
    };
    for (const auto& [line, part] : wrong) {
        INFO(line);
        CHECK(mentions(task_refusal(good + "\n\n" + line), "file.jsonl:3"));
        CHECK(mentions(task_refusal(good + "\n\n" + line), part));
    }
    const std::string long_line = "{\"text\": \"" + std::string(17 << 20, 'x') + "\"}";
    CHECK(mentions(task_refusal(long_line), "bytes"));
}

TEST_CASE("multiple choice and BLiMP's minimal pairs")
{
    const std::vector<ChoiceItem> items = parse_choices(
        "{\"prompt\": \"the keys\", \"choices\": [\" is\", \" are\"], \"answer\": 1}\n"
        "{\"sentence_good\": \"A.\", \"sentence_bad\": \"B.\", \"UID\": \"x\"}\n",
        "file.jsonl");
    REQUIRE(items.size() == 2);
    CHECK(items[0] == ChoiceItem{ "the keys", { " is", " are" }, 1 });
    CHECK(items[1] == ChoiceItem{ "", { "A.", "B." }, 0 });

    const std::vector<std::pair<std::string, std::string>> wrong = {
        { R"({"choices": ["a", "b"], "answer": 0})", "prompt" },
        { R"({"prompt": "", "answer": 0})", "choices" },
        { R"({"prompt": "", "choices": ["a"], "answer": 0})", "choices" },
        { R"({"prompt": "", "choices": ["a", ""], "answer": 0})", "choices" },
        { R"({"prompt": "", "choices": ["a", 1], "answer": 0})", "choices" },
        { R"({"prompt": "", "choices": ["a", "b"], "answer": 2})", "answer" },
        { R"({"prompt": "", "choices": ["a", "b"], "answer": -1})", "answer" },
        { R"({"prompt": "", "choices": ["a", "b"]})", "answer" },
        { R"({"sentence_good": "a"})", "sentence_bad" },
    };
    for (const auto& [line, part] : wrong) {
        INFO(line);
        CHECK(mentions(suite_refusal("\n" + line), "file.jsonl:2"));
        CHECK(mentions(suite_refusal("\n" + line), part));
    }
}

TEST_CASE("ARC's and MMLU's questions, as lm-evaluation-harness poses them")
{
    const ChoiceItem arc{ "Question: What is wet?\nAnswer:", { " sand", " water" }, 1 };
    for (const char* line :
        { R"({"id": "1", "question": "What is wet?", "answerKey": "B",
            "choices": {"text": ["sand", "water"], "label": ["A", "B"]}})",
            R"({"question": "What is wet?", "answerKey": "2",
            "choices": {"text": ["sand", "water"], "label": ["1", "2"]}})",
            R"({"question": {"stem": "What is wet?", "choices": [{"text": "sand", "label": "A"},
            {"text": "water", "label": "B"}]}, "answerKey": "B"})" }) {
        std::string text = line;
        text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
        CAPTURE(text);
        CHECK(parse_choices(text, "arc.jsonl") == std::vector{ arc });
    }

    const ChoiceItem mmlu{ "2, 3 and?\nA. 1\nB. 4\nC. 6\nD. 9\nAnswer:",
        { " A", " B", " C", " D" }, 1 };
    CHECK(parse_choices("\"2, 3 and?\",1,4,6,9,B\n\"x\",1,2,3,4,A\n", "test.csv").front() == mmlu);
    CHECK(parse_choices("question,A,B,C,D,answer\n\"2, 3 and?\",1,4,6,9,B\n", "test.csv")
        == std::vector{ mmlu });
    for (const char* answer : { "1", "\"B\"" }) {
        const std::string line = std::string(R"({"question": "2, 3 and?", "subject": "sums",)")
            + R"( "choices": ["1", "4", "6", "9"], "answer": )" + answer + "}";
        CHECK(parse_choices(line, "mmlu.jsonl") == std::vector{ mmlu });
    }

    const ChoiceItem mib{ "Q\nA. x\nB. y\nAnswer:", { "A", "B" }, 0 };
    CHECK(parse_choices(R"({"prompt": "Q\nA. x\nB. y\nAnswer:", "answerKey": 0,)"
                        R"( "choices": {"label": ["A", "B"], "text": ["x", "y"]}})",
              "mib.jsonl")
        == std::vector{ mib });

    const std::vector<std::pair<std::string, std::string>> wrong = {
        { R"({"question": "x", "choices": ["a"], "answer": 0})", "choices must have 2" },
        { R"({"question": "x", "choices": ["a", "b"], "answer": 2})", "answer is 2" },
        { R"({"question": "x", "choices": ["a", "b"], "answer": "E"})", "answer is E" },
        { R"({"question": "x", "choices": {"text": ["a", "b"], "label": ["A"]}, "answerKey": "A"})",
            "label must have 2" },
        { R"({"question": "x", "choices": {"text": ["a", "b"], "label": ["A", "B"]}})", "answerKey" },
        { R"({"text": "x", "spans": []})", "--task" },
    };
    for (const auto& [line, part] : wrong) {
        INFO(line);
        CHECK(mentions(suite_refusal(line), part));
    }
}

TEST_CASE("lines whose encoding would take absurdly long are refused with the limit")
{
    const std::string text(1 << 20, 'a');
    std::string choices = "\"a\"";
    std::string spans = R"({"start": 0, "end": 1})";
    for (int i = 0; i < 99; ++i) {
        choices += ",\"b\"";
        spans += R"(,{"start": 0, "end": 1})";
    }
    for (const std::string& refused : { suite_refusal(R"({"answer": 0, "prompt": ")" + text
                                            + R"(", "choices": [)" + choices + "]}"),
             task_refusal(R"({"text": ")" + text + R"(", "spans": [)" + spans + "]}") }) {
        CHECK(mentions(refused, "file.jsonl:1: "));
        CHECK(mentions(refused, "their product may be 67108864 at most"));
    }
}

TEST_CASE("suites by file: choices, or a text for perplexity")
{
    const TemporaryFile choices(".jsonl", R"({"prompt": "", "choices": ["a", "b"], "answer": 0})");
    const CapabilitySuite suite = load_suite("letters", choices.path());
    CHECK(suite.name == "letters");
    CHECK(suite.items.size() == 1);
    CHECK(suite.text.empty());
    const TemporaryFile text(".txt", "Once upon a time.");
    CHECK(load_suite("stories", text.path()).text == "Once upon a time.");
    CHECK(load_suite("stories", text.path()).items.empty());
    CHECK(load_suite("", text.path()).name == text.path());
    const TemporaryFile empty(".txt", "");
    CHECK_THROWS_AS(load_suite("x", empty.path()), InputError);
    const TemporaryFile no_items(".jsonl", "\n");
    CHECK_THROWS_AS(load_suite("x", no_items.path()), InputError);
    CHECK_THROWS_AS(load_suite("x", "/absent/suite.jsonl"), InputError);
    CHECK_THROWS_AS(load_task("/absent/task.jsonl"), InputError);
    CHECK_THROWS_AS(load_task("demo/no such task"), InputError);
}

TEST_CASE("a ready-made task asks for its target against the alternative, as a suite")
{
    for (const GeneratedTask& task : generated_tasks()) {
        CAPTURE(task.name);
        const CapabilitySuite suite = load_suite("", task.name);
        CHECK(suite.name == task.name);
        const std::vector<TaskExample> examples = load_task(task.name);
        REQUIRE(suite.items.size() >= 100);
        REQUIRE(suite.items.size() <= examples.size());
        for (std::size_t i = 0; i < suite.items.size(); ++i) {
            const ChoiceItem& item = suite.items[i];
            REQUIRE(item.choices.size() == 2);
            CHECK(item.prompt + item.choices[0] == examples[i].text);
            CHECK(item.choices[1] == examples[i].spans.front().alternative);
            CHECK(item.answer == 0);
        }
        CHECK(load_suite("x", task.name).items == suite.items);
    }
}

TEST_CASE("any truncation or changed byte is refused or read, never more")
{
    const std::string good
        = R"({"text": "日本 \u00e9\n", "spans": [{"start": 0, "end": 3, "alternative": "b"}]})";
    REQUIRE(task_refusal(good).empty());
    for (std::size_t i = 0; i < good.size(); ++i)
        for (int byte = 0; byte < 256; ++byte) {
            std::string damaged = good;
            damaged[i] = static_cast<char>(byte);
            try {
                for (const TaskExample& example : parse_task(damaged, "x"))
                    for (const TaskSpan& span : example.spans)
                        REQUIRE(static_cast<std::size_t>(span.end)
                            < character_offsets(example.text).size());
            } catch (const InputError&) {
                continue;
            }
        }
}

TEST_CASE("real sentences with subject-verb disagreement" * doctest::test_suite("conditional"))
{
    const std::filesystem::path folder = std::string(CIRCUITLOOM_SHARED) + "/data/sv";
    if (!std::filesystem::exists(folder)) {
        circuitloom::testing::skip(std::string("there is no ") + folder.string());
        return;
    }
    const std::vector<TaskExample> examples = load_task((folder / "dev.jsonl").string());
    CHECK(examples.size() == 3000);
    CHECK(parse_task(to_jsonl(examples), "written") == examples);
    CHECK(load_task((folder / "test.jsonl").string()).size() == 1500);
}
