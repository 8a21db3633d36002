#include "core/base/error.h"
#include "core/tokenizer/tokenizer.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace circuitloom;
using Json = nlohmann::json;

namespace {

Json small_tokenizer()
{
    return { { "model",
        { { "vocab", { { "a", 0 }, { "b", 1 }, { " ", 2 } } }, { "merges", Json::array() } } } };
}

/// What is said against the tokenizer, or against `text` where it is accepted itself.
std::string refusal(const Json& json, const std::string& text = "")
{
    try {
        Tokenizer::from_json(json.dump(), "", "dir/tokenizer.json").encode(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

Json split(const std::string& pattern)
{
    return { { "type", "Split" }, { "pattern", { { "Regex", pattern } } },
        { "behavior", "Isolated" }, { "invert", false } };
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

} // namespace

TEST_CASE("keys that come twice are refused by their place")
{
    const auto said = [](const std::string& json) -> std::string {
        try {
            Tokenizer::from_json(json, "", "dir/tokenizer.json");
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    };
    CHECK(said(R"({"model":{"vocab":{"a":0,"b":1,"a":2},"merges":[]}})")
        == "dir/tokenizer.json: model: vocab: the key a comes twice.");
    CHECK(said(R"({"model":{"vocab":{},"merges":[]},"model":{}})")
        == "dir/tokenizer.json: the key model comes twice.");
    CHECK(
        said(R"({"added_tokens":[{"id":0,"content":"x","id":1}],"model":{"vocab":{},"merges":[]}})")
        == "dir/tokenizer.json: added_tokens[0]: the key id comes twice.");
}

TEST_CASE("steps that make a text grow without end are refused")
{
    Json json = small_tokenizer();
    const Json bytes = { { "type", "ByteLevel" }, { "use_regex", false } };
    json["pre_tokenizer"]
        = { { "type", "Sequence" }, { "pretokenizers", std::vector<Json>(16, bytes) } };
    // Each step doubles what is not ASCII.
    std::string message = refusal(json, repeated("é", 1000));
    CHECK(mentions(message, "dir/tokenizer.json: pre_tokenizer"));
    CHECK(mentions(message, "16 times as long"));

    json = small_tokenizer();
    json["normalizer"] = { { "type", "Prepend" }, { "prepend", std::string(5000, 'a') } };
    message = refusal(json, "a");
    CHECK(mentions(message, "dir/tokenizer.json: normalizer"));
    CHECK(mentions(message, "32 times as long"));

    // A little growth of very many parts is much.
    json["normalizer"]["prepend"] = std::string(3000, 'a');
    json["added_tokens"] = { { { "id", 3 }, { "content", "b" }, { "normalized", false } } };
    CHECK(refusal(json, "ab").empty());
    CHECK(mentions(refusal(json, repeated("ab", 1000)), "of a text of 2000 bytes"));
}

TEST_CASE("patterns that take absurd time or memory are refused")
{
    Json json = small_tokenizer();
    const auto said = [&json](const std::string& pattern, const std::string& text) {
        json["pre_tokenizer"] = split(pattern);
        return refusal(json, text);
    };
    CHECK(said("(a)(b)?", "abab").empty());
    CHECK(mentions(said(repeated("()", 101) + "a", ""), "at most 100"));
    CHECK(mentions(said(std::string(70'000, 'a'), ""), "too long"));
    CHECK(mentions(said("((((a{900}){900}){900}){900})", ""), "dir/tokenizer.json"));
    for (const char* pattern : { "(?:(?:a+)+)+[bc]", "(?R)", "(a|(?1)a)+[bc]" }) {
        INFO(pattern);
        CHECK(mentions(said(pattern, std::string(2000, 'a')), "dir/tokenizer.json: pre_tokenizer"));
    }
    // Each start of a match looks at the whole rest: no step of the matcher, but much time.
    CHECK(said(R"( ++a| )", std::string(2000, ' ')).empty());
    CHECK(mentions(said(R"( ++a| )", std::string(300'000, ' ')), "takes too long"));
}

TEST_CASE("sound patterns take long runs of one character")
{
    Json json = small_tokenizer();
    const std::string spaces(500'000, ' ');
    for (const char* pattern : { R"(\s+(?!\S)|\s+)", R"(\s*[\r\n]+|\s+(?!\S)|\s+)", R"(\p{N})",
             R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s+)" }) {
        INFO(pattern);
        json["pre_tokenizer"] = split(pattern);
        const Tokenizer tokenizer = Tokenizer::from_json(json.dump(), "", "x");
        CHECK(tokenizer.encode(spaces + "a" + spaces).size() == 1'000'001);
    }
}

TEST_CASE("ids that a post-processor adds lie in the vocabulary")
{
    Json json = small_tokenizer();
    const auto with = [](std::int64_t id) -> Json {
        return { { "type", "TemplateProcessing" },
            { "single",
                { { { "SpecialToken", { { "id", "<s>" } } } },
                    { { "Sequence", { { "id", "A" } } } } } },
            { "special_tokens", { { "<s>", { { "ids", { id } } } } } } };
    };
    json["post_processor"] = with(2);
    CHECK(refusal(json, "a").empty());
    json["post_processor"] = with(3);
    CHECK(refusal(json)
        == "dir/tokenizer.json: post_processor adds the token 3, but the highest id is 2.");
}

TEST_CASE("added tokens have limits")
{
    Json json = small_tokenizer();
    const auto tokens = [](int count, std::size_t length, bool normalized) {
        Json list = Json::array();
        for (int i = 0; i < count; ++i) {
            std::string content = std::to_string(i) + std::string(length, 'x');
            list.push_back(
                { { "id", i }, { "content", std::move(content) }, { "normalized", normalized } });
        }
        return list;
    };
    json["added_tokens"] = tokens(20'000, 10, false);
    CHECK(refusal(json, "a").empty());
    json["added_tokens"] = tokens(20'000, 10, true);
    CHECK(mentions(refusal(json), "dir/tokenizer.json: added_tokens[16384]: normalized"));
    json["added_tokens"] = tokens(3000, 500, false);
    CHECK(mentions(refusal(json), "dir/tokenizer.json: added_tokens"));
    CHECK(mentions(refusal(json), "1048576"));
}

TEST_CASE("a refusal is one short line, whatever the file says")
{
    Json json = small_tokenizer();
    for (const std::string& type :
        { std::string(1'000'000, 'x'), std::string("\x1b[31m\r\n\0", 8) })
        for (const char* part : { "normalizer", "pre_tokenizer", "post_processor", "decoder" }) {
            Json other = json;
            other[part] = { { "type", type } };
            const std::string message = refusal(other);
            CHECK(mentions(message, std::string("dir/tokenizer.json: ") + part + ": type is "));
            CHECK(mentions(message, "supported"));
            CHECK(message.size() < 1000);
            for (const char byte : message)
                CHECK_FALSE((byte >= 0 && byte < ' '));
        }
}
