#include "core/tokenizer/vocabulary_files.h"

#include "core/base/error.h"
#include "core/tokenizer/bpe.h"

#include <algorithm>
#include <charconv>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr std::size_t max_merges = std::size_t{ 1 } << 22;

constexpr const char* qwen2_words
    = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// A merge a line, in the order of their ranks; the first line is a comment on the version.
Json read_merges(std::string_view text, const std::string& origin)
{
    Json merges = Json::array();
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.empty() && !line.starts_with("#version"))
            merges.push_back(std::string(line));
        // A line of two bytes takes many times their memory.
        if (merges.size() > max_merges)
            throw InputError(
                origin + ": merges.txt has more than " + std::to_string(max_merges) + " merges.");
    }
    return merges;
}

Json byte_level(bool add_prefix_space, bool use_regex)
{
    return { { "type", "ByteLevel" }, { "add_prefix_space", add_prefix_space },
        { "use_regex", use_regex } };
}

void set_pre_tokenizer(Json& tokenizer, const JsonObject& config)
{
    std::string kind = config.text_or("tokenizer_class", "GPT2Tokenizer");
    if (kind.ends_with("Fast"))
        kind.resize(kind.size() - 4);
    if (kind == "GPT2Tokenizer" || kind == "CodeGenTokenizer") {
        tokenizer["pre_tokenizer"] = byte_level(config.boolean_or("add_prefix_space", false), true);
    } else if (kind == "Qwen2Tokenizer") {
        tokenizer["normalizer"] = { { "type", "NFC" } };
        const Json split = { { "type", "Split" }, { "pattern", { { "Regex", qwen2_words } } },
            { "behavior", "Isolated" }, { "invert", false } };
        tokenizer["pre_tokenizer"] = { { "type", "Sequence" },
            { "pretokenizers", Json::array({ split, byte_level(false, false) }) } };
    } else {
        config.fail("tokenizer_class",
            "is " + kind
                + "; without a tokenizer.json, GPT2Tokenizer, CodeGenTokenizer and Qwen2Tokenizer "
                  "are supported");
    }
}

std::int32_t token_id(const JsonObject& tokens, const std::string& key)
{
    std::int32_t id = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (error != std::errc() || end != key.data() + key.size() || id < 0 || id > Bpe::max_id)
        tokens.fail(key.c_str(), "is no token id");
    return id;
}

/// Tokens of the vocabulary that are special by their role.
void add_special(Json& added, const Json& vocabulary, const std::string& content)
{
    const auto known = std::any_of(added.begin(), added.end(),
        [&](const Json& token) { return token.value("content", Json()) == content; });
    const auto found = vocabulary.find(content);
    if (!known && found != vocabulary.end())
        added.push_back({ { "id", *found }, { "content", content }, { "special", true },
            { "normalized", false } });
}

Json read_added_tokens(const JsonObject& config, const Json& vocabulary)
{
    Json added = Json::array();
    if (config.has("added_tokens_decoder")) {
        const JsonObject tokens = config.object("added_tokens_decoder");
        for (const auto& [key, value] : config.at("added_tokens_decoder").items()) {
            if (!value.is_object())
                tokens.fail(key.c_str(), "must be a JSON object");
            Json token = value;
            token["id"] = token_id(tokens, key);
            added.push_back(std::move(token));
        }
    }
    for (const char* role : { "bos_token", "eos_token", "unk_token", "pad_token" }) {
        const Json* token = config.find(role);
        if (token)
            add_special(added, vocabulary,
                token->is_object() ? config.object(role).text("content") : config.text(role));
    }
    add_special(added, vocabulary, "<|endoftext|>");
    return added;
}

} // namespace

nlohmann::json tokenizer_of_vocabulary_files(std::string_view vocab_json,
    std::string_view merges_txt, const nlohmann::json& config, const std::string& origin)
{
    Json vocabulary = parse_json(vocab_json, origin + ": vocab.json");
    const Json empty = Json::object();
    const JsonObject settings(
        config.is_null() ? empty : config, origin + ": tokenizer_config.json");
    JsonObject(vocabulary, origin + ": vocab.json"); // refuses anything but an object
    Json tokenizer;
    set_pre_tokenizer(tokenizer, settings);
    tokenizer["decoder"] = byte_level(false, true);
    tokenizer["added_tokens"] = read_added_tokens(settings, vocabulary);
    tokenizer["model"] = { { "type", "BPE" }, { "merges", read_merges(merges_txt, origin) } };
    tokenizer["model"]["vocab"] = std::move(vocabulary);
    return tokenizer;
}

} // namespace circuitloom
