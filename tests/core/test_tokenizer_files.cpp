#include "core/base/error.h"
#include "core/formats/input_file.h"
#include "core/tokenizer/tokenizer.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

using namespace circuitloom;
using Json = nlohmann::json;
using Ids = std::vector<std::int32_t>;

// Tokens and settings in the files beside tokenizer.json, or beside vocab.json and merges.txt.

namespace {

std::string recorded(const std::string& file)
{
    return read_input_file(
        std::string(CIRCUITLOOM_TEST_DATA) + "/tokenizer_rules/" + file, 4 << 20);
}

/// The small tokenizer of `kind` with other files beside it.
Tokenizer with_files(const std::string& kind, const std::map<std::string, std::string>& texts)
{
    const auto text = [&texts](const char* name) {
        const auto found = texts.find(name);
        return found == texts.end() ? std::string_view() : std::string_view(found->second);
    };
    const std::string vocabulary = recorded("vocab.json");
    const std::string merges = recorded("merges.txt");
    const std::string tokenizer = kind == "files" ? "" : recorded(kind + ".json");
    TokenizerFiles files{ .origin = "the test" };
    files.tokenizer_json = tokenizer;
    files.vocabulary_json = vocabulary;
    files.merges = merges;
    files.tokenizer_config_json = text("tokenizer_config.json");
    files.special_tokens_map_json = text("special_tokens_map.json");
    files.added_tokens_json = text("added_tokens.json");
    files.config_json = R"({"model_type":"llama"})";
    return Tokenizer::from_files(files);
}

std::string refusal(const std::map<std::string, std::string>& texts)
{
    try {
        with_files("byte", texts);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("tokens declared in any of a tokenizer's files are those of transformers 5")
{
    // Recorded by tests/data/tokenizer_rules/make_declared_tokens.py.
    const Json cases = Json::parse(recorded("declared_tokens.json"));
    REQUIRE(cases.size() > 200);
    std::size_t different = 0;
    for (const Json& one : cases) {
        std::map<std::string, std::string> texts;
        for (const auto& [name, content] : one.at("files").items())
            texts[name] = content.dump();
        const Ids ids = with_files(one.at("kind").get<std::string>(), texts)
                            .encode(one.at("text").get<std::string>());
        if (ids != one.at("ids").get<Ids>() && ++different <= 10)
            MESSAGE(one.dump() << "\n  here: " << Json(ids).dump());
    }
    CHECK(different == 0);
}

TEST_CASE("more special tokens than any tokenizer has are refused before each is held against each")
{
    std::string list;
    for (int i = 0; i < 300'000; ++i)
        list += (i > 0 ? ", \"t" : "\"t") + std::to_string(i) + "-xxxxxxxx\"";
    const std::string refused = refusal(
        { { "tokenizer_config.json", R"({"extra_special_tokens": [)" + list + "]}" } });
    CHECK(refused.find("added_tokens") != std::string::npos);
}

TEST_CASE("a token of added_tokens.json is one token")
{
    const Tokenizer tokenizer = with_files("files",
        { { "added_tokens.json", R"({"<|new|>":265,"<|other|>":266})" },
            { "special_tokens_map.json", R"({"bos_token":"<|new|>"})" } });
    CHECK(tokenizer.encode("<|other|>ab<|new|>").size() == 3);
    CHECK(tokenizer.decode(tokenizer.encode("<|other|>ab<|new|>")) == "<|other|>ab");
}

TEST_CASE("add_prefix_space of the configuration counts where the class obeys it")
{
    const auto first = [](const std::string& config) {
        return with_files("byte", { { "tokenizer_config.json", config } }).encode("ab");
    };
    const Ids bare = first("{}");
    const Ids prefixed = first(R"({"tokenizer_class":"GPT2Tokenizer","add_prefix_space":true})");
    CHECK(prefixed.size() == bare.size() + 1);
    CHECK(first(R"({"tokenizer_class":"PreTrainedTokenizerFast","add_prefix_space":true})") == bare);
}

TEST_CASE("what is wrong in tokenizer.json is told with the file's name and the field")
{
    for (const auto& [text, field] : std::vector<std::pair<std::string, std::string>>{
             { "[]", "" }, { "{", "" }, { "{}", "model" }, { R"({"model":7})", "model" },
             { R"({"model":{"type":"BPE","vocab":{"a":"b"},"merges":[]}})", "vocab" },
             { R"({"model":{"type":"BPE","vocab":{"a":0},"merges":7}})", "merges" } }) {
        TokenizerFiles files{ .origin = "models/mine" };
        files.tokenizer_json = text;
        INFO(text);
        try {
            Tokenizer::from_files(files);
            FAIL("it was taken");
        } catch (const InputError& refused) {
            const std::string said = refused.what();
            CAPTURE(said);
            CHECK(said.starts_with("models/mine: tokenizer.json"));
            CHECK(said.find(field) != std::string::npos);
        }
        files.origin = "models/mine/tokenizer.json"; // a file is named once
        CHECK_THROWS_WITH_AS(Tokenizer::from_files(files),
            doctest::Contains("models/mine/tokenizer.json"), InputError);
    }
}

TEST_CASE("what is wrong in a file beside tokenizer.json is told with the file's name")
{
    CHECK(refusal({}).empty());
    for (const auto& [file, text] : std::vector<std::pair<std::string, std::string>>{
             { "tokenizer_config.json", "[]" }, { "tokenizer_config.json", "{" },
             { "tokenizer_config.json", R"({"bos_token":7})" },
             { "tokenizer_config.json", R"({"add_bos_token":"yes"})" },
             { "tokenizer_config.json", R"({"added_tokens_decoder":{"x":{"content":"y"}}})" },
             { "tokenizer_config.json", R"({"added_tokens_decoder":{"7":1}})" },
             { "special_tokens_map.json", "7" }, { "special_tokens_map.json", "{" },
             { "special_tokens_map.json", R"({"eos_token":{}})" },
             { "added_tokens.json", R"({"<x>":"y"})" }, { "added_tokens.json", R"({"<x>":-1})" },
             { "added_tokens.json", "[1]" } }) {
        INFO(file << ": " << text);
        CHECK(refusal({ { file, text } }).find("the test: " + file) == 0);
    }
}
