#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/cbor_input.h"
#include "core/formats/json_input.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace circuitloom;
using Json = nlohmann::json;

namespace {

std::string refusal(const std::string& text)
{
    try {
        parse_json(text, "dir/file.json");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

} // namespace

TEST_CASE("sound JSON is read as nlohmann's own parser reads it")
{
    for (const std::string text :
        { "null", " true ", "-1", "18446744073709551615", "-9223372036854775808", "1.5e-3", "\"\"",
            "\"\\u00e9\\ud83d\\ude00 é\\n\\u0000\"", "[]", "{}", "[[],{},[[1,2],[3]],\"a\"]",
            "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}},\"b\":[],\"\":null}" }) {
        INFO(text);
        const Json expected = Json::parse(text);
        const Json read = parse_json(text, "x");
        CHECK(read == expected);
        CHECK(read.type() == expected.type());
        CHECK(read.dump() == expected.dump());
    }
}

TEST_CASE("a key that comes twice is refused with the way to it")
{
    const std::vector<std::pair<std::string, std::string>> wrong = {
        { R"({"a":1,"a":1})", "dir/file.json: the key a comes twice." },
        { R"({"a":1,"b":2,"\u0061":3})", "dir/file.json: the key a comes twice." },
        { R"({"model":{"vocab":{"x":0,"y":1,"x":2}}})",
            "dir/file.json: model: vocab: the key x comes twice." },
        { R"([0,{"a":[{},{"":1,"":2}]}])", "dir/file.json[1]: a[1]: the key  comes twice." },
        { "{\"\\u001b[31m\":1,\"\\u001b[31m\":1}",
            "dir/file.json: the key \uFFFD[31m comes twice." },
    };
    for (const auto& [text, message] : wrong) {
        INFO(text);
        CHECK(refusal(text) == message);
    }
    CHECK(refusal(R"({"a":{"a":[{"a":1},{"a":1}]},"b":{"a":1}})").empty());
    const std::string key(100'000, 'k');
    CHECK(refusal("{\"" + key + "\":{\"" + key + "\":1,\"" + key + "\":2}}").size() < 1000);
}

TEST_CASE("deep nesting is refused with its limit")
{
    CHECK(refusal(repeated("[", 64) + repeated("]", 64)).empty());
    CHECK(refusal(repeated("[", 65) + repeated("]", 65)).ends_with("deeper than 64 levels."));
    for (const char* part : { "[", "{\"a\":", "[{\"a\":" }) {
        const std::string message = refusal(repeated(part, 1'000'000));
        CHECK(message.starts_with("dir/file.json"));
        CHECK(message.ends_with("nested deeper than 64 levels."));
        CHECK(message.size() < 3000);
    }
}

TEST_CASE("more values than any honest file has are refused with their limit")
{
    // Each takes many times the memory of its text.
    const std::string message = refusal("[" + repeated("{},", 5'000'000) + "{}]");
    CHECK(message == "dir/file.json: the JSON has more than 4194304 values.");
}

TEST_CASE("what is not JSON is refused with its place")
{
    const std::vector<std::pair<std::string, std::string>> wrong
        = { { "", "byte 1." }, { "{\"a\":", "byte 6." }, { "[1,]", "byte 4." },
              { "[NaN]", "byte 2." }, { "[Infinity]", "byte 2." }, { "[-Infinity]", "byte 3." },
              { "[01]", "byte 3." }, { "[1] // no", "byte 5." }, { "{} {}", "byte 4." },
              { "{a:1}", "byte 2." }, { "[\"\xff\"]", "byte 3." }, { "[\"\xc0\xaf\"]", "byte 3." },
              { "[\"\xed\xa0\x80\"]", "byte 4." }, { "[\"\\ud800\"]", "byte 9." },
              { "\xff\xfe[\0]\0", "byte 1." } };
    for (const auto& [text, place] : wrong) {
        INFO(text);
        CHECK(refusal(text) == "dir/file.json: not valid JSON in UTF-8 at " + place);
    }
    for (const char* text : { "[1e999]", "[-1e999]", "{\"a\":1e400}" })
        CHECK(
            refusal(text).starts_with("dir/file.json: a number in the JSON is too large at byte "));
    CHECK(refusal("[" + std::string(400, '9') + "]")
              .starts_with("dir/file.json: a number in the JSON is too large at byte "));
}

TEST_CASE("a field's message names it and its limits, whatever the file says there")
{
    const std::string huge(1'000'000, 'x');
    const Json json = { { "n", 7 }, { "t", huge + "\x1b[2J" }, { "o", { { huge, 1 } } } };
    const JsonObject object(json, "dir/file.json");
    const auto message = [](const auto& read) -> std::string {
        try {
            read();
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    };
    CHECK(message([&] { object.integer("n", 0, 6); })
        == "dir/file.json: n is 7; it must be from 0 to 6.");
    CHECK(message([&] { object.integer("absent", 0, 6); }) == "dir/file.json: absent is missing.");
    const std::string refused
        = message([&] { object.fail("t", "is " + object.text("t") + "; a or b is supported"); });
    CHECK(refused.starts_with("dir/file.json: t is xxx"));
    CHECK(refused.ends_with("\uFFFD[2J; a or b is supported."));
    CHECK(refused.size() < 1000);
    CHECK(message([&] { object.object("o").object(huge.c_str()); }).size() < 1000);
}

TEST_CASE("what a file says is made fit for a message")
{
    CHECK(for_message("") == "");
    CHECK(for_message("wte.weight é 日本") == "wte.weight é 日本");
    CHECK(for_message("a\xff"
                      "b\n\x1b[0m\x7f\xc2\x9b")
        == "a\uFFFDb\uFFFD\uFFFD[0m\uFFFD\uFFFD");
    CHECK(for_message("abcdefgh", 8) == "abcdefgh");
    CHECK(for_message("abcdefghi", 8) == "abcd…fghi");
    CHECK(for_message("日本日本日本", 8) == "日…本"); // no character is cut
    CHECK(for_message(std::string(100, '\x80'), 8) == "…");
    CHECK(is_valid_utf8(for_message(std::string(1000, '\xe6'))));
}

TEST_CASE("what Python writes for numbers that are none is null, and text wherever it stands in quotes")
{
    const nlohmann::json json = parse_python_json(
        R"({"loss": NaN, "up": [Infinity, -Infinity, -1], "text": "NaN \" Infinity", "NaN": 2})",
        "state");
    CHECK(json["loss"].is_null());
    CHECK(json["up"] == nlohmann::json{ nullptr, nullptr, -1 });
    CHECK(json["text"] == "NaN \" Infinity");
    CHECK(json["NaN"] == 2);
    CHECK_THROWS_AS(parse_json(R"({"loss": NaN})", "state"), InputError);
    for (const char* bad : { R"({"loss": nan})", R"({"loss": +NaN})", R"({"a": "NaN)", R"(NaN NaN)" })
        CHECK_THROWS_AS(parse_python_json(bad, "state"), InputError);
}

TEST_CASE("CBOR in which texts or bytes come in pieces is refused, however deep")
{
    const auto said = [](const std::string& bytes) -> std::string {
        try {
            parse_cbor(bytes, "frame 1");
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    };
    for (const char* piece : { "\x7F", "\x5F" }) {
        const std::string many(2'000'000, *piece);
        CHECK(said(many).find("frame 1: the CBOR has a text in pieces at byte 1") == 0);
        // As the value of a list and as a key, and behind a length that no text has.
        CHECK(said("\x82\x01" + many).find("at byte 3") != std::string::npos);
        CHECK(said("\xA1" + many).find("at byte 2") != std::string::npos);
        CHECK(said("\x9F\x42" "ab" "\x19\x7F\x5F" + many).find("at byte 8") != std::string::npos);
    }
    // The same bytes within texts and numbers are what they are.
    const Json sound = { { "\x7F_", { "__", 0x7F5F, -0x5F7F, 1.5, nullptr, true } },
        { "bytes", Json::binary({ 0x5F, 0x7F }) }, { "long", std::string(70'000, '\x7F') } };
    std::string bytes;
    Json::to_cbor(sound, bytes);
    CHECK(parse_cbor(bytes, "x") == sound);
    for (std::size_t size = 0; size < 200; ++size)
        CHECK(said(bytes.substr(0, size)).find("frame 1") == 0);
    CHECK(said("\x7B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF").find("frame 1") == 0);
}
