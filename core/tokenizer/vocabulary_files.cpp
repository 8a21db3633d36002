#include "core/tokenizer/vocabulary_files.h"

#include "core/base/error.h"

#include <algorithm>

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

} // namespace

void set_steps(Json& tokenizer, const TokenizerClass& type, const JsonObject& settings)
{
    const bool prefix_space = settings.boolean_or("add_prefix_space", false);
    tokenizer["decoder"] = byte_level(false, true);
    if (type.name == "GPTNeoXTokenizer" || type.name == "Qwen2Tokenizer")
        tokenizer["normalizer"] = { { "type", "NFC" } };
    if (type.name != "Qwen2Tokenizer") {
        tokenizer["pre_tokenizer"] = byte_level(prefix_space, true);
        return;
    }
    const Json split = { { "type", "Split" }, { "pattern", { { "Regex", qwen2_words } } },
        { "behavior", "Isolated" }, { "invert", false } };
    tokenizer["pre_tokenizer"] = { { "type", "Sequence" },
        { "pretokenizers", Json::array({ split, byte_level(prefix_space, false) }) } };
}

const TokenizerClass& class_of_vocabulary_files(
    const TokenizerDeclaration& declaration, const JsonObject& settings)
{
    if (const TokenizerClass& type = class_in_transformers5(declaration); type.reads_files)
        return type;
    const TokenizerClass* type = class_in_transformers4(declaration);
    if (type && type->reads_files)
        return *type;
    if (!declaration.class_name.empty())
        settings.fail("tokenizer_class",
            "is " + declaration.class_name
                + "; without a tokenizer.json, GPT2Tokenizer, CodeGenTokenizer, GPTNeoXTokenizer, "
                  "Qwen2Tokenizer and RobertaTokenizer are supported");
    return class_in_transformers5({ "GPT2Tokenizer", {}, false });
}

nlohmann::json tokenizer_of_vocabulary_files(std::string_view vocab_json,
    std::string_view merges_txt, const TokenizerClass& type, const JsonObject& settings,
    const std::string& origin)
{
    Json vocabulary = parse_json(vocab_json, origin + ": vocab.json");
    JsonObject(vocabulary, origin + ": vocab.json"); // refuses anything but an object
    Json tokenizer;
    set_steps(tokenizer, type, settings);
    tokenizer["model"] = { { "type", "BPE" }, { "merges", read_merges(merges_txt, origin) } };
    tokenizer["model"]["vocab"] = std::move(vocabulary);
    return tokenizer;
}

} // namespace circuitloom
