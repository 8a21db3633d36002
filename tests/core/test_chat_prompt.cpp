// How questions are posed: chat templates out of a model's files.
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/run/run_options.h"
#include "core/tasks/worded_task.h"
#include "core/tokenizer/chat_prompt.h"
#include "core/tokenizer/model_tokenizer.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

using namespace circuitloom;

namespace {

namespace fs = std::filesystem;

/// The demo's tokenizer knows no letters in capitals, so templates in tests are in its own words.
ModelFiles demo_with(const nlohmann::json& chat_template)
{
    ModelFiles files = open_model_files("demo");
    auto config = nlohmann::json::parse(files.tokenizer_config_json);
    config["chat_template"] = chat_template;
    files.tokenizer_config_json = config.dump();
    return files;
}

const std::string turns
    = "{% for m in messages %}{{ 'the ' if m.role == 'user' else 'a ' }}{{ m.content }}{{ ' .' }}"
      "{% endfor %}{% if add_generation_prompt %}{{ ' a ' }}{% endif %}";

} // namespace

TEST_CASE("a question is posed in the model's template, up to where it answers")
{
    const ChatPrompt chat(demo_with(turns));
    CHECK(chat.has_template());
    CHECK(chat.question_text("dog runs") == "the dog runs . a ");
    const Tokenizer tokenizer = tokenizer_of(open_model_files("demo"));
    CHECK(chat.question("dog runs") == tokenizer.encode("the dog runs . a ", false));
    // What the template writes behind an answer ends it.
    REQUIRE_FALSE(chat.ends().empty());
    CHECK(chat.ends().front() == tokenizer.encode(".", false).front());
    auto answer = tokenizer.encode("cat", false);
    answer.push_back(chat.ends().front());
    CHECK(chat.answer("cat") == answer);
    CHECK(chat.decode(chat.question("dog runs")).find("dog runs") != std::string::npos);
}

TEST_CASE("of a question that is not UTF-8 a template sees characters that stand for the rest")
{
    const ChatPrompt chat(demo_with("{% for m in messages %}{{ m.content.upper() }}{% endfor %}"));
    CHECK(chat.question_text("dog\xF0") == "DOG\uFFFD");
}

TEST_CASE("the day that a template tells is the same in every time zone")
{
    const ChatPrompt chat(demo_with("{{ strftime_now('%d %b %Y %H:%M') }}"));
    const char* zone = std::getenv("TZ");
    const std::string before = zone ? zone : "";
    for (const char* other : { "UTC", "EAST-14", "WEST+12" }) {
        setenv("TZ", other, 1);
        tzset();
        CHECK(chat.question_text("dog") == "26 Jul 2024 12:00");
    }
    zone ? setenv("TZ", before.c_str(), 1) : unsetenv("TZ");
    tzset();
}

TEST_CASE("of several templates the default counts, and a model may have none")
{
    const nlohmann::json several
        = nlohmann::json::array({ { { "name", "tool_use" }, { "template", "x" } },
            { { "name", "default" }, { "template", turns } } });
    CHECK(ChatPrompt(demo_with(several)).question_text("dog") == "the dog . a ");
    const ChatPrompt plain(open_model_files("demo"));
    CHECK_FALSE(plain.has_template());
    CHECK(plain.question_text("How many?") == "Question: How many?\nAnswer:");
    CHECK_FALSE(ChatPrompt(demo_with(3)).has_template());
}

TEST_CASE("what a template writes behind an answer may be no token of the model's")
{
    ModelFiles files = demo_with("{% for m in messages %}{{ m.content }}{% endfor %}#");
    files.tokenizer_json = R"({"model": {"vocab": {"a": 0, "b": 1}, "merges": []}})";
    const ChatPrompt chat(files);
    const Tokenizer tokenizer = tokenizer_of(files);
    REQUIRE(tokenizer.encode("#", false).empty());
    CHECK(chat.question("ab") == tokenizer.encode("ab", false));
    CHECK(chat.ends() == std::vector{ tokenizer.find("<|endoftext|>") });
}

TEST_CASE("a template that cannot be read, or refuses, is named")
{
    const auto refusal = [](const auto& act) {
        try {
            act();
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const std::string unread = refusal([] { ChatPrompt chat(demo_with("{% if %}")); });
    CHECK(unread.find("tokenizer_config.json: chat_template, line 1") != std::string::npos);
    const ChatPrompt refusing(demo_with("{{ raise_exception('Only in French.') }}"));
    CHECK(refusal([&] { refusing.question("x"); }).find("Only in French.") != std::string::npos);
}

TEST_CASE("chat_template.jinja beside the other files counts more than they do")
{
    const samples::TemporaryFolder folder;
    for (const auto& entry : fs::directory_iterator(CIRCUITLOOM_TEST_DATA "/tiny_llama"))
        fs::copy(entry.path(), folder / entry.path().filename().string());
    std::ofstream(folder / "chat_template.jinja") << "[{{ messages[0].content }}]{{ eos_token }}\n";
    const ChatPrompt chat(open_model_files(folder.path().string()));
    CHECK(chat.question_text("x").starts_with("[x]"));
}

TEST_CASE("an example to train on has every token of the answer as target")
{
    const ChatPrompt chat(demo_with(turns));
    WordedQuestions questions;
    questions.questions
        = { { "dog runs", { "cat" }, "cat sees the dog" }, { "dog", { "a" }, "a" } };
    const EncodedTask task = encode_worded_task(questions, chat, 128);
    REQUIRE(task.examples.size() == 2);
    const EncodedExample& first = task.examples[0];
    const auto prompt = chat.question("dog runs");
    const auto answer = chat.answer("cat sees the dog");
    REQUIRE(first.ids.size() == prompt.size() + answer.size());
    CHECK(std::equal(prompt.begin(), prompt.end(), first.ids.begin()));
    REQUIRE(first.targets.size() == answer.size());
    for (std::size_t i = 0; i < answer.size(); ++i) {
        CHECK(first.targets[i].position == static_cast<int>(prompt.size() + i) - 1);
        CHECK(first.targets[i].target == answer[i]);
        CHECK(first.targets[i].alternative == -1);
    }
    // Cut in the answer, and before it.
    const int cut = static_cast<int>(prompt.size()) + 1;
    const EncodedTask shorter = encode_worded_task(questions, chat, cut);
    CHECK(shorter.examples[0].ids.size() == static_cast<std::size_t>(cut));
    CHECK(shorter.examples[0].targets.size() == 1);
    const EncodedTask none = encode_worded_task(questions, chat, 1);
    CHECK(none.examples.empty());
    CHECK(none.dropped.size() == 2);
    CHECK(none.dropped[0].find("beyond") != std::string::npos);
    // It names the setting by which it would be in.
    RunConfig config;
    CHECK(std::ranges::any_of(options_of(config), [&none](const RunOption& option) {
        return none.dropped[0].find("(" + option.name() + ")") != std::string::npos;
    }));
}

TEST_CASE("SmolLM2's own template poses questions" * doctest::test_suite("conditional"))
{
    const char* cache = std::getenv("CIRCUITLOOM_TEST_CACHE");
    const char* home = std::getenv("HOME");
    const fs::path file
        = (cache ? fs::path(cache) : fs::path(home ? home : "") / ".cache/circuitloom-tests")
        / "SmolLM2-135M-Instruct.Q4_1.gguf";
    if (!fs::exists(file)) {
        testing::skip(file.string() + " is absent; tests/support/fetch_smollm2.sh fetches it");
        return;
    }
    const ChatPrompt chat(open_model_files(file.string()));
    // As transformers renders it from the model's tokenizer_config.json.
    CHECK(chat.question_text("What is 2 + 3?")
        == "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging "
           "Face<|im_end|>\n<|im_start|>user\nWhat is 2 + 3?<|im_end|>\n<|im_start|>assistant\n");
    CHECK(chat.question("What is 2 + 3?").front() == 1);
    CHECK(chat.ends().front() == 2);
}
