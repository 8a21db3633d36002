#include "core/base/error.h"
#include "core/base/random.h"
#include "core/formats/input_file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/skip.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

using namespace circuitloom;
using Json = nlohmann::json;

// What PyPI's `tokenizers` says of 10,000 lines of mixed text, recorded by
// tests/support/make_tokenizer_fixtures.py as a digest a line.

namespace {

constexpr std::size_t digest_digits = 5;

std::string recorded(const std::string& file)
{
    return read_input_file(std::string(CIRCUITLOOM_TEST_DATA) + "/tokenizers/" + file, 1 << 20);
}

std::vector<std::string> read_lines()
{
    std::vector<std::string> lines;
    std::istringstream file(recorded("lines.txt"));
    for (std::string line; std::getline(file, line);)
        lines.push_back(Json::parse(line).get<std::string>());
    return lines;
}

const std::vector<std::string>& lines()
{
    static const std::vector<std::string> all = read_lines();
    return all;
}

struct Said
{
    std::vector<std::int32_t> ids;
    std::string all; ///< ids, offsets and decoded texts, as the script writes them
};

Said said_of(const Tokenizer& tokenizer, const std::string& text)
{
    Said said;
    std::string ids;
    std::string offsets;
    for (const PlacedToken& token : tokenizer.encode_with_offsets(text)) {
        const char* separator = said.ids.empty() ? "" : ",";
        said.ids.push_back(token.id);
        ids += separator + std::to_string(token.id);
        offsets += separator + std::to_string(token.begin) + "-" + std::to_string(token.end);
    }
    const std::vector<std::int32_t> reversed(said.ids.rbegin(), said.ids.rend());
    said.all
        = ids + "|" + offsets + "|" + tokenizer.decode(said.ids) + "|" + tokenizer.decode(reversed);
    return said;
}

std::string digest(const std::string& text)
{
    char digits[digest_digits + 1];
    std::snprintf(digits, sizeof digits, "%05llx",
        static_cast<unsigned long long>(stable_hash(text) & 0xFFFFF));
    return digits;
}

std::string readable(const std::string& text)
{
    return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// Compares every `stride`-th line, and shows the first that differ.
void compare(const std::string& name, const Tokenizer& tokenizer, const std::string& digests,
    std::size_t stride)
{
    REQUIRE(digests.size() == digest_digits * ((lines().size() + stride - 1) / stride));
    std::size_t different = 0;
    for (std::size_t i = 0; i < lines().size(); i += stride) {
        const Said said = said_of(tokenizer, lines()[i]);
        if (tokenizer.encode(lines()[i]) != said.ids)
            FAIL(name << ": ids with and without offsets differ on line " << i);
        if (digests.compare(i / stride * digest_digits, digest_digits, digest(said.all)) == 0)
            continue;
        if (++different <= 5)
            MESSAGE(name << ", line " << i << ": " << readable(lines()[i])
                         << "\n  here: " << readable(said.all)
                         << "\n  there: python3 tests/support/make_tokenizer_fixtures.py --show '"
                         << name << "' " << i);
    }
    INFO(name << " differs on " << different << " lines");
    CHECK(different == 0);
}

std::string without_newlines(std::string text)
{
    std::erase(text, '\n');
    return text;
}

} // namespace

TEST_CASE("ids, offsets and texts of the published kinds are those of the tokenizers library")
{
    REQUIRE(lines().size() == 10'000);
    for (const std::string name : { "gpt2", "pythia", "llama2", "llama2_metaspace", "llama3",
             "mistral", "mistral_v3", "qwen2", "smollm2", "gemma", "falcon" })
        compare(name, Tokenizer::from_json(recorded(name + ".json"), "", name),
            without_newlines(recorded(name + ".digests")), 1);
}

TEST_CASE("a tokenizer as it was published, of the shared model stories260k"
    * doctest::test_suite("conditional"))
{
    const std::string file = std::string(CIRCUITLOOM_SHARED) + "/models/stories260k/tokenizer.json";
    if (!std::filesystem::exists(file)) {
        circuitloom::testing::skip(std::string("there is no ") + file);
        return;
    }
    compare("stories260k", Tokenizer::from_json(read_input_file(file, 1 << 20), "", file),
        without_newlines(recorded("stories260k.digests")), 1);
}

TEST_CASE("every other step does what it does in the tokenizers library")
{
    const Json steps = Json::parse(recorded("steps.json"));
    const Json gpt2 = Json::parse(recorded("gpt2.json")).at("model");
    REQUIRE(steps.at("cases").size() > 30);
    for (const Json& step : steps.at("cases")) {
        const auto name = step.at("name").get<std::string>();
        Json json = step;
        json["model"] = step.at("model") == "gpt2" ? gpt2 : steps.at("loose");
        compare(name, Tokenizer::from_json(json.dump(), "", name), step.at("digests").get<std::string>(), 20);
    }
}

TEST_CASE("WordPiece, WordLevel, Unigram and their steps do what they do in the tokenizers library")
{
    // Recorded by tests/support/make_tokenizer_model_fixtures.py.
    const Json models = Json::parse(recorded("models.json"));
    REQUIRE(models.at("cases").size() == 8);
    for (const Json& one : models.at("cases")) {
        const auto name = one.at("name").get<std::string>();
        compare(name, Tokenizer::from_json(one.at("tokenizer").dump(), "", name),
            one.at("digests").get<std::string>(), 20);
    }
}

TEST_CASE("byte-level tokenizers without a normalizer give every text back")
{
    for (const std::string name : { "gpt2", "llama3", "mistral", "smollm2", "falcon" }) {
        Json json = Json::parse(recorded(name + ".json"));
        json.erase("added_tokens"); // special tokens are left out of the text
        json.erase("post_processor");
        const Tokenizer tokenizer = Tokenizer::from_json(json.dump(), "", name);
        for (const std::string& line : lines())
            if (tokenizer.decode(tokenizer.encode(line)) != line)
                FAIL_CHECK(name << " loses something of " << readable(line));
    }
}

TEST_CASE("a long text takes no quadratic time, whatever it repeats")
{
    for (const std::string name : { "pythia", "llama2_metaspace", "llama3", "qwen2", "falcon" }) {
        const Tokenizer tokenizer = Tokenizer::from_json(recorded(name + ".json"), "", name);
        for (const std::string part : { "a", " ", "\n", " \n", "\u0301", "\u0301\u0323", "e\u0301",
                 "가", "1", "=", "'s", "[INST] ", "<|endoftext|>", "<|endoftex", "ab12 ,." }) {
            std::string text;
            while (text.size() < 200'000)
                text += part;
            const auto tokens = tokenizer.encode_with_offsets(text, false);
            REQUIRE(!tokens.empty());
            CHECK(tokens.size() <= text.size() + 1);
        }
    }
}

TEST_CASE("a long text of any model takes no quadratic time")
{
    const Json models = Json::parse(recorded("models.json"));
    for (const Json& one : models.at("cases")) {
        const auto name = one.at("name").get<std::string>();
        Json json = one.at("tokenizer");
        if (name == "stories")
            json["model"]["max_input_chars_per_word"] = 1'000'000;
        const Tokenizer tokenizer = Tokenizer::from_json(json.dump(), "", name);
        for (const std::string part : { "a", " ", "the", "\u0301", "你", "cab ", "." }) {
            std::string text;
            while (text.size() < 100'000)
                text += part;
            CHECK(tokenizer.encode_with_offsets(text, false).size() <= text.size() + 1);
        }
    }
}

namespace {

/// Reads `good` with each byte changed, and uses what is accepted.
void damage(const std::string& good, std::size_t settings, const std::string& name)
{
    Random random(7);
    for (std::size_t i = 0; i < good.size(); i += i < settings ? 1 + random.below(9) : 1) {
        std::string damaged = good;
        damaged[i] = "\"7\xff{+*([\\"[random.below(9)];
        try {
            const Tokenizer tokenizer = Tokenizer::from_json(damaged, "", name);
            const std::string text = "a<s> it's\n12 \xe4\xbd\xa0 e\u0301 \u1100\u1161  x";
            for (const PlacedToken& token : tokenizer.encode_with_offsets(text)) {
                REQUIRE(token.id < tokenizer.vocabulary_size());
                REQUIRE(token.begin <= token.end);
                REQUIRE(token.end <= 23);
                tokenizer.decode(std::vector{ token.id });
            }
        } catch (const InputError&) {
            continue;
        }
    }
}

} // namespace

TEST_CASE("any changed byte of a tokenizer is refused or read, never more")
{
    for (const std::string name : { "pythia", "llama2_metaspace", "qwen2", "falcon" }) {
        Json json = Json::parse(recorded(name + ".json"));
        Json few = Json::object();
        for (const auto& [token, id] : json.at("model").at("vocab").items())
            if (id < 259)
                few[token] = id;
        json["model"]["vocab"] = few;
        json["model"]["merges"] = Json::array();
        json["model"]["unk_token"] = nullptr;
        const std::string good = json.dump();
        damage(good, good.find("\"normalizer\""), name);
    }
    const Json models = Json::parse(recorded("models.json"));
    for (const Json& one : models.at("cases")) {
        const std::string good = one.at("tokenizer").dump();
        damage(good, good.size(), one.at("name").get<std::string>());
    }
}

TEST_CASE("a token's part of the text is the text that it decodes to")
{
    // Where no character is split and nothing is normalized, this holds without any library.
    const Tokenizer tokenizer = Tokenizer::from_json(recorded("llama3.json"), "", "llama3");
    for (const std::string& line : lines()) {
        if (std::any_of(line.begin(), line.end(), [](char c) { return c < 0; }))
            continue;
        for (const PlacedToken& token : tokenizer.encode_with_offsets(line, false)) {
            const std::string part = line.substr(token.begin, token.end - token.begin);
            if (tokenizer.token_text(token.id) != part)
                FAIL_CHECK(readable(line) << ": " << readable(part));
        }
    }
}
