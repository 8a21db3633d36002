#include "core/base/error.h"
#include "core/formats/input_file.h"
#include "core/tokenizer/tokenizer.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace circuitloom;
using Json = nlohmann::json;

namespace {

std::string reference(const std::string& model, const std::string& file)
{
    return read_input_file(std::string(CIRCUITLOOM_TEST_DATA) + "/" + model + "/" + file, 1 << 20);
}

Tokenizer from(const Json& json, const Json& config = nullptr)
{
    return Tokenizer::from_json(json.dump(), config.is_null() ? "" : config.dump(), "the test");
}

std::string refusal(const Json& json)
{
    try {
        from(json);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

using Ids = std::vector<std::int32_t>;

} // namespace

TEST_CASE("ids and text as the tokenizers library has them")
{
    for (const std::string model : { "tiny_gpt2", "tiny_llama" }) {
        const Json expected = Json::parse(reference(model, "expected.json"));
        const Tokenizer tokenizer
            = Tokenizer::from_json(reference(model, "tokenizer.json"), "", model);
        CHECK(tokenizer.vocabulary_size()
            == Json::parse(reference(model, "config.json")).at("vocab_size"));
        REQUIRE(expected.at("tokenizer").size() > 60);
        for (const Json& line : expected.at("tokenizer")) {
            const auto text = line.at("text").get<std::string>();
            INFO(model << ": " << line.dump());
            CHECK(tokenizer.encode(text) == line.at("ids").get<Ids>());
            CHECK(tokenizer.decode(line.at("ids").get<Ids>()) == line.at("decoded").get<std::string>());
        }
    }
}

TEST_CASE("special tokens around a text are left out on request")
{
    const Tokenizer tokenizer
        = Tokenizer::from_json(reference("tiny_llama", "tokenizer.json"), "", "llama");
    const Ids with = tokenizer.encode("the cat");
    const Ids without = tokenizer.encode("the cat", false);
    REQUIRE(with.size() == without.size() + 1);
    CHECK(with.front() == tokenizer.find("<s>"));
    CHECK(Ids(with.begin() + 1, with.end()) == without);
    CHECK(tokenizer.encode("") == Ids{ tokenizer.find("<s>") });
    CHECK(tokenizer.encode("", false).empty());
}

TEST_CASE("add_bos_token does not change what tokenizer.json adds")
{
    // As in transformers 5; test_tokenizer_rules.cpp has all classes of both versions.
    const Json json = Json::parse(reference("tiny_llama", "tokenizer.json"));
    const auto first_is_start = [&](const Json& config) {
        const Tokenizer tokenizer = from(json, config);
        return tokenizer.encode("x").front() == tokenizer.find("<s>");
    };
    CHECK(first_is_start({ { "bos_token", "<s>" } }));
    CHECK(first_is_start({ { "bos_token", "<s>" }, { "add_bos_token", false } }));
    const Json llama = { { "tokenizer_class", "LlamaTokenizer" }, { "add_bos_token", false } };
    CHECK(first_is_start(llama));
    const Tokenizer tokenizer = from(json, llama);
    REQUIRE(tokenizer.around_in_transformers4());
    CHECK(tokenizer.around_in_transformers4()->before.empty()); // there it does
    Json bare = json;
    bare["post_processor"] = nullptr;
    CHECK(from(bare, { { "bos_token", "<s>" }, { "add_bos_token", true } }).around().before.empty());
}

TEST_CASE("tokens are readable")
{
    const Tokenizer gpt2
        = Tokenizer::from_json(reference("tiny_gpt2", "tokenizer.json"), "", "gpt2");
    CHECK(gpt2.token_text(gpt2.find("Ġthe")) == " the");
    CHECK(gpt2.token_text(gpt2.find("Ċ")) == "\n");
    CHECK(gpt2.token_text(gpt2.find("<|endoftext|>")) == "<|endoftext|>");
    const Tokenizer llama
        = Tokenizer::from_json(reference("tiny_llama", "tokenizer.json"), "", "llama");
    CHECK(llama.token_text(llama.find("▁the")) == " the");
    CHECK(llama.token_text(llama.find("<0x0A>")) == "<0x0A>");
    for (const Tokenizer* tokenizer : { &gpt2, &llama }) {
        CHECK(tokenizer->find("no such token") == -1);
        CHECK(tokenizer->token_text(-1).empty());
        CHECK(tokenizer->token_text(1'000'000).empty());
        CHECK(tokenizer->decode(Ids{ -1, 1'000'000, INT32_MIN, INT32_MAX }).empty());
    }
}

TEST_CASE("invalid UTF-8 counts as U+FFFD")
{
    const std::vector<std::pair<std::string, std::string>> cases = {
        { "a\xff", "a\uFFFD" },
        { "\xc3(", "\uFFFD(" },
        { "\xe4\xbd x", "\uFFFD x" }, // a character cut short
        { "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD" }, // a surrogate
        { "\xc0\xaf", "\uFFFD\uFFFD" }, // an overlong form
        { "\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD" },
        { "\xf0\x9f\x98", "\uFFFD" },
    };
    for (const std::string model : { "tiny_gpt2", "tiny_llama" }) {
        const Tokenizer tokenizer
            = Tokenizer::from_json(reference(model, "tokenizer.json"), "", model);
        for (const auto& [broken, repaired] : cases)
            CHECK(tokenizer.encode(broken) == tokenizer.encode(repaired));
    }
}

TEST_CASE("byte-level ids give back any text whatever its bytes")
{
    const Tokenizer tokenizer
        = Tokenizer::from_json(reference("tiny_gpt2", "tokenizer.json"), "", "gpt2");
    std::string text;
    for (char32_t c = 1; c < 0x11000; c += 37) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        if (c < 0x80)
            text += static_cast<char>(c);
        else if (c < 0x800)
            text += { static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F)) };
        else if (c < 0x10000)
            text += { static_cast<char>(0xE0 | (c >> 12)),
                static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F)) };
    }
    CHECK(tokenizer.decode(tokenizer.encode(text)) == text);
}

TEST_CASE("merges as strings or pairs, and ignore_merges")
{
    Json json = { { "model",
        { { "type", "BPE" },
            { "vocab",
                { { "a", 0 }, { "b", 1 }, { "c", 2 }, { "ab", 3 }, { "bc", 4 }, { "abc", 5 } } },
            { "merges", { "b c", "a b" } } } } };
    CHECK(from(json).encode("abc") == Ids{ 0, 4 });
    CHECK(from(json).encode("abab") == Ids{ 3, 3 });
    CHECK(from(json).encode("axb") == Ids{ 3 }); // nothing stands for x, and a meets b
    json["model"]["merges"] = Json::array({ Json::array({ "b", "c" }), Json::array({ "a", "b" }) });
    CHECK(from(json).encode("abc") == Ids{ 0, 4 });
    json["model"]["ignore_merges"] = true;
    CHECK(from(json).encode("abc") == Ids{ 5 });
    CHECK(from(json).encode("abcabc") == Ids{ 0, 4, 0, 4 });
    json["model"]["merges"] = { "a c" };
    CHECK(mentions(refusal(json), "merges"));
    json["model"]["merges"] = { "a b c" };
    CHECK(mentions(refusal(json), "merges"));
    json["model"]["merges"] = Json::array({ Json::array({ "a", "b", "c" }) });
    CHECK(mentions(refusal(json), "merges"));
}

TEST_CASE("unknown characters are fused where the model says so")
{
    Json json = { { "model",
        { { "vocab", { { "<unk>", 0 }, { "a", 1 }, { "<0x78>", 2 } } }, { "merges", Json::array() },
            { "unk_token", "<unk>" } } } };
    CHECK(from(json).encode("axya") == Ids{ 1, 0, 0, 1 });
    json["model"]["fuse_unk"] = true;
    CHECK(from(json).encode("axya") == Ids{ 1, 0, 1 });
    json["model"]["byte_fallback"] = true;
    CHECK(from(json).encode("axya") == Ids{ 1, 2, 0, 1 });
    // As `tokenizers` has it, only a text that needs it is refused.
    json["model"]["unk_token"] = "absent";
    CHECK(from(json).encode("aa") == Ids{ 1, 1 });
    try {
        from(json).encode("ay");
        FAIL("y is no token");
    } catch (const InputError& error) {
        CHECK(mentions(error.what(), "unk_token is absent"));
    }
}

TEST_CASE("added tokens: the longest wins, and those that strip take the white space")
{
    Json json = { { "model",
                      { { "vocab", { { "a", 0 }, { " ", 1 }, { "<", 2 }, { "x", 3 }, { ">", 4 } } },
                          { "merges", Json::array() } } },
        { "added_tokens",
            { { { "id", 5 }, { "content", "<x>" }, { "special", true } },
                { { "id", 6 }, { "content", "<x>x" }, { "special", true } },
                { { "id", 90 }, { "content", "<<" }, { "special", false } } } } };
    CHECK(from(json).encode("a<x>a") == Ids{ 0, 5, 0 });
    CHECK(from(json).encode("<x>xx") == Ids{ 6, 3 });
    CHECK(from(json).encode("<<x>") == Ids{ 2, 5 }); // the special one is looked for first
    CHECK(from(json).encode("<<x") == Ids{ 7, 3 }); // `tokenizers` gives the next id, not the file's
    CHECK(from(json).encode("a <x> a") == Ids{ 0, 1, 5, 1, 0 });
    CHECK(from(json).vocabulary_size() == 8);
    CHECK(from(json).decode(Ids{ 0, 5, 7, 6 }) == "a <<");
    json["added_tokens"][0]["lstrip"] = true;
    CHECK(from(json).encode("a  <x> a") == Ids{ 0, 5, 1, 0 });
    json["added_tokens"][0]["rstrip"] = true;
    CHECK(from(json).encode("a  <x> \xe3\x80\x80 a") == Ids{ 0, 5, 0 });
}

TEST_CASE("the Metaspace pre-tokenizer and Split by a regular expression")
{
    Json json = { { "model",
        { { "vocab",
              { { "▁", 0 }, { "a", 1 }, { "▁a", 2 }, { "a▁", 3 }, { "1", 4 }, { "11", 5 } } },
            { "merges", { "a ▁", "▁ a", "1 1" } } } } };
    json["pre_tokenizer"] = { { "type", "Metaspace" }, { "replacement", "▁" },
        { "prepend_scheme", "always" }, { "split", true } };
    CHECK(from(json).encode("a a") == Ids{ 2, 2 });
    json["pre_tokenizer"]["split"] = false;
    CHECK(from(json).encode("a a") == Ids{ 0, 3, 1 }); // a▁ has the better rank
    json["pre_tokenizer"]["prepend_scheme"] = "never";
    CHECK(from(json).encode("a a") == Ids{ 3, 1 });
    json["pre_tokenizer"]
        = { { "type", "Split" }, { "pattern", { { "Regex", R"(\p{N}{1,2}|\s+)" } } },
              { "behavior", "Isolated" }, { "invert", false } };
    CHECK(from(json).encode("a111a") == Ids{ 1, 5, 4, 1 });
    json["pre_tokenizer"]["behavior"] = "Removed";
    CHECK(from(json).encode("a111a") == Ids{ 1, 1 });
    json["pre_tokenizer"]["invert"] = true;
    CHECK(from(json).encode("a111a") == Ids{ 5, 4 });
    json["pre_tokenizer"]["pattern"] = { { "Regex", "(" } };
    CHECK(mentions(refusal(json), "pattern"));
}

TEST_CASE("a character that is no token may be inside one, and decoders see tokens only")
{
    const Json metaspace = { { "type", "Metaspace" }, { "replacement", "▁" },
        { "prepend_scheme", "always" }, { "split", true } };
    const Json vocabulary = Json::array({ Json::array({ "▁", -3 }), Json::array({ "▁a", -1 }),
        Json::array({ "a", -9 }), Json::array({ "b1", -2 }), Json::array({ "b", -1.5 }) });
    const Json json = { { "pre_tokenizer", metaspace },
        { "decoder",
            { { "type", "Sequence" }, { "decoders", { { { "type", "ByteFallback" } }, metaspace } } } },
        { "model", { { "type", "Unigram" }, { "unk_id", nullptr }, { "vocab", vocabulary } } } };
    const Tokenizer tokenizer = from(json);
    // As tokenizers 0.23.3 has them.
    CHECK(tokenizer.encode("a ab1") == Ids{ 1, 1, 3 });
    CHECK(tokenizer.decode(tokenizer.encode("a ab1")) == "a ab1");
    CHECK_THROWS_AS(tokenizer.encode("a1b"), InputError);
}

TEST_CASE("the part of the text that each token stands for")
{
    using Parts = std::vector<std::pair<std::size_t, std::size_t>>;
    const auto parts = [](const Tokenizer& tokenizer, const std::string& text) {
        Parts result;
        for (const PlacedToken& token : tokenizer.encode_with_offsets(text))
            result.emplace_back(token.begin, token.end);
        return result;
    };
    Json json = { { "model",
        { { "vocab", { { "a", 0 }, { "b", 1 }, { "ab", 2 }, { "é", 3 }, { "éa", 4 }, { " ", 5 } } },
            { "merges", { "é a", "a b" } } } } };
    CHECK(parts(from(json), "abaéab") == Parts{ { 0, 2 }, { 2, 3 }, { 3, 5 }, { 5, 6 } });
    // A character that no token stands for moves nothing.
    CHECK(parts(from(json), "a你ab") == Parts{ { 0, 1 }, { 2, 4 } });
    // e and its accent are composed; the original has one character more.
    json["normalizer"] = { { "type", "NFC" } };
    CHECK(parts(from(json), "e\u0301 b") == Parts{ { 0, 1 }, { 2, 3 }, { 3, 4 } });
    CHECK(parts(from(json), "be\u0301ab") == Parts{ { 0, 1 }, { 1, 4 }, { 4, 5 } });
    json["added_tokens"] = { { { "id", 6 }, { "content", "<x>" }, { "special", true },
        { "lstrip", true }, { "rstrip", true } } };
    CHECK(parts(from(json), "a  <x> b") == Parts{ { 0, 1 }, { 1, 7 }, { 7, 8 } });
    json["post_processor"] = { { "type", "TemplateProcessing" },
        { "single",
            { { { "SpecialToken", { { "id", "<x>" } } } },
                { { "Sequence", { { "id", "A" } } } } } },
        { "special_tokens", { { "<x>", { { "ids", { 6 } } } } } } };
    CHECK(parts(from(json), "ab") == Parts{ { 0, 0 }, { 0, 2 } });
    const Tokenizer gpt2
        = Tokenizer::from_json(reference("tiny_gpt2", "tokenizer.json"), "", "gpt2");
    // Every byte of a split character has the whole character.
    CHECK(parts(gpt2, "x\U0010FFFF") == Parts{ { 0, 1 }, { 1, 2 }, { 1, 2 }, { 1, 2 }, { 1, 2 } });
    CHECK(parts(gpt2, "x\xff") == Parts{ { 0, 1 }, { 1, 2 }, { 1, 2 }, { 1, 2 } });
}

TEST_CASE("vocab.json and merges.txt are the same tokenizer")
{
    const Json whole = Json::parse(reference("tiny_gpt2", "tokenizer.json"));
    Json vocabulary = whole.at("model").at("vocab");
    std::string merges = "#version: 0.2\n";
    for (const Json& merge : whole.at("model").at("merges"))
        merges += merge[0].get<std::string>() + " " + merge[1].get<std::string>() + "\r\n";
    const auto from_files = [&](const Json& config) {
        return Tokenizer::from_vocab_and_merges(
            vocabulary.dump(), merges, config.is_null() ? "" : config.dump(), "the test");
    };
    const Json expected = Json::parse(reference("tiny_gpt2", "expected.json")).at("tokenizer");
    const Json config = { { "tokenizer_class", "GPT2Tokenizer" },
        { "added_tokens_decoder",
            { { std::to_string(whole.at("added_tokens")[1].at("id").get<int>()),
                  { { "content", "[PAD]" }, { "special", false } } },
                { std::to_string(whole.at("added_tokens")[2].at("id").get<int>()),
                    { { "content", "[PADDED]" }, { "special", false } } } } } };
    const Tokenizer tokenizer = from_files(config);
    for (const Json& line : expected) {
        INFO(line.dump());
        CHECK(tokenizer.encode(line.at("text").get<std::string>()) == line.at("ids").get<Ids>());
        CHECK(tokenizer.decode(line.at("ids").get<Ids>()) == line.at("decoded").get<std::string>());
    }
    CHECK(from_files(nullptr).encode("a<|endoftext|>").back() == tokenizer.find("<|endoftext|>"));
    // Qwen2's words have single digits, and its texts are composed.
    vocabulary["12"] = 400;
    merges += "1 2\n";
    const Json qwen = { { "tokenizer_class", "Qwen2TokenizerFast" } };
    CHECK(from_files(nullptr).encode("12") == Ids{ 400 });
    CHECK(from_files(qwen).encode("12").size() == 2);
    CHECK(from_files(qwen).encode("e\u0301") == from_files(nullptr).encode("é"));

    const auto refused = [&](const Json& settings) {
        try {
            from_files(settings);
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(mentions(refused({ { "tokenizer_class", "BertTokenizer" } }), "BertTokenizer"));
    CHECK(mentions(refused({ { "added_tokens_decoder", { { "x", Json::object() } } } }), "x"));
    CHECK(mentions(refused({ { "added_tokens_decoder", { { "7", 1 } } } }), "7"));
    merges += "no merge at all\n";
    CHECK(mentions(refused(nullptr), "merges"));
    CHECK_THROWS_AS(Tokenizer::from_vocab_and_merges("[]", "", "", "x"), InputError);
    CHECK_THROWS_AS(Tokenizer::from_vocab_and_merges("{", "", "", "x"), InputError);
}

TEST_CASE("patterns that would mean something else here are refused")
{
    Json json = { { "model", { { "vocab", { { "a", 0 } } }, { "merges", Json::array() } } } };
    const auto refused = [&](const std::string& pattern) {
        json["pre_tokenizer"] = { { "type", "Split" }, { "pattern", { { "Regex", pattern } } },
            { "behavior", "Isolated" } };
        return refusal(json);
    };
    for (const char* pattern :
        { "[a[bc]]", "[a-z&&[^b]]", "a{1,3}+", "a{,3}", "\\h", "[\\W]", "(?<x", "(?s:a)", "(?-s)a",
            "(?U:a)", "(?W:a)", "(?P<x>a)", "(?|a|b)", "(?R)", "(?C1)a", "(*FAIL)", "\\V", "\\Qa\\E" })
        CHECK(mentions(refused(pattern), "pattern"));
    for (const char* pattern :
        { "[a\\[b]", "[]a]", "[^]a]", "[[:alpha:]]", "a{1,3}", "a{x", "\\p{L}+", "\\\\h", "a++", "(?im-x:a)",
            "(?i)a", "(?<x>a)", "(?<=a)b", "(?<!a)b", "(?=a)", "(?!a)", "(?>a)", "(?:a)", "(?#:)a",
            "[(?s]", "\\(?s", "[*(*]" })
        CHECK(refused(pattern).empty());
    json["pre_tokenizer"]["pattern"] = { { "String", "" } };
    CHECK(mentions(refusal(json), "pattern"));
    json["pre_tokenizer"]["pattern"] = { { "String", "[(\\E\n" } };
    CHECK(refusal(json).empty());
    json["pre_tokenizer"]["behavior"] = "Sideways";
    CHECK(mentions(refusal(json), "Sideways"));
    json["normalizer"]
        = { { "type", "Replace" }, { "pattern", { { "Regex", "(a)" } } }, { "content", "$1" } };
    json.erase("pre_tokenizer");
    CHECK(mentions(refusal(json), "content"));
}

TEST_CASE("a long word takes no quadratic time")
{
    // A megabyte takes hours where each merge walks the whole word.
    for (const std::string model : { "tiny_gpt2", "tiny_llama" }) {
        const Tokenizer tokenizer
            = Tokenizer::from_json(reference(model, "tokenizer.json"), "", model);
        for (const std::string part : { "the", " ", "a", "<", "你", "\n" }) {
            std::string text;
            while (text.size() < 1'000'000)
                text += part;
            CHECK(tokenizer.decode(tokenizer.encode(text)) == text);
        }
    }
}

TEST_CASE("patterns and replacements that explode are refused")
{
    Json json = { { "model", { { "vocab", { { "a", 0 } } }, { "merges", Json::array() } } } };
    json["pre_tokenizer"] = { { "type", "Split" },
        { "pattern", { { "Regex", "(?:(?:a+)+)+[bc]" } } }, { "behavior", "Isolated" } };
    CHECK_THROWS_AS(from(json).encode(std::string(200, 'a')), InputError);
    json.erase("pre_tokenizer");
    const Json twice
        = { { "type", "Replace" }, { "pattern", { { "String", "a" } } }, { "content", "aaaa" } };
    json["normalizer"]
        = { { "type", "Sequence" }, { "normalizers", std::vector<Json>(40, twice) } };
    CHECK_THROWS_AS(from(json).encode(std::string(200, 'a')), InputError);
    json.erase("normalizer");
    const Json bytes = { { "type", "ByteLevel" } };
    json["pre_tokenizer"]
        = { { "type", "Sequence" }, { "pretokenizers", std::vector<Json>(16, bytes) } };
    CHECK_THROWS_AS(from(json).encode(std::string(2000, '\n')), InputError);
}

TEST_CASE("what is not supported is refused by name")
{
    const Json good = Json::parse(reference("tiny_gpt2", "tokenizer.json"));
    REQUIRE(refusal(good).empty());
    for (const char* part : { "normalizer", "pre_tokenizer", "post_processor", "decoder" }) {
        Json json = good;
        json[part] = { { "type", "Fancy" } };
        CHECK(mentions(refusal(json), "the test"));
        CHECK(mentions(refusal(json), part));
        CHECK(mentions(refusal(json), "Fancy"));
    }
    Json json = good;
    json["model"]["type"] = "Fancy";
    CHECK(mentions(refusal(json), "Fancy"));
    json = good;
    json["model"]["vocab"]["the"] = 2147483647;
    CHECK(mentions(refusal(json), "vocab"));
    CHECK_THROWS_AS(Tokenizer::from_json("", "", "x"), InputError);
    CHECK_THROWS_AS(Tokenizer::from_json(std::string(100'000, '['), "", "x"), InputError);
}

TEST_CASE("any truncation or changed byte is refused or read, never more")
{
    for (const std::string model : { "tiny_gpt2", "tiny_llama" }) {
        const std::string good = reference(model, "tokenizer.json");
        const auto try_one = [](const std::string& json) {
            try {
                const Tokenizer tokenizer = Tokenizer::from_json(json, "", "x");
                const Ids ids = tokenizer.encode("a<s> the\n1 \xe4\xbd\xa0");
                tokenizer.decode(ids);
                for (const std::int32_t id : ids) {
                    REQUIRE(id < tokenizer.vocabulary_size());
                    tokenizer.token_text(id);
                }
            } catch (const InputError&) {
                return;
            }
        };
        for (std::size_t i = 0; i < good.size(); i += 11)
            CHECK_THROWS_AS(Tokenizer::from_json(good.substr(0, i), "", "x"), InputError);
        for (std::size_t i = 0; i < good.size(); i += 3)
            for (const char byte : { '"', '7', '\xff' }) {
                std::string damaged = good;
                damaged[i] = byte;
                try_one(damaged);
            }
    }
}
