#include "core/architecture/gguf/gguf_tokenizer.h"

#include "core/architecture/gguf/gguf_vocabulary.h"
#include "core/architecture/gguf/gguf_word_rules.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

/// As of a tokenizer.json, so that a small file cannot ask for much memory.
constexpr std::size_t max_json_bytes = std::size_t{ 128 } << 20;
constexpr std::size_t max_merges = 1 << 23;

/// The ids that tokenizer.ggml.*_token_id name; -1 where there is none.
struct SpecialIds
{
    std::int64_t bos = -1;
    std::int64_t eos = -1;
    std::int64_t unknown = -1;
};

std::int64_t special_id(const GgufMetadata& metadata, const char* key, std::size_t tokens)
{
    return metadata.integer_or(key, -1, -1, static_cast<std::int64_t>(tokens) - 1);
}

/// Builds tokenizer.json. Vocabulary and merges are written straight into the text: as values
/// they would take many times the memory.
class Writer
{
public:
    Writer(const GgufMetadata& metadata, GgufVocabulary vocabulary)
        : metadata_(metadata)
        , vocabulary_(std::move(vocabulary))
    {
        const std::size_t tokens = vocabulary_.tokens.size();
        ids_.bos = special_id(metadata, "tokenizer.ggml.bos_token_id", tokens);
        ids_.eos = special_id(metadata, "tokenizer.ggml.eos_token_id", tokens);
        ids_.unknown = special_id(metadata, "tokenizer.ggml.unknown_token_id", tokens);
    }

    GgufTokenizer gpt2();
    GgufTokenizer llama();

private:
    std::string_view token(std::int64_t id) const
    {
        return vocabulary_.tokens[static_cast<std::size_t>(id)];
    }
    bool is_special(std::size_t id) const
    {
        const GgufTokenType type = vocabulary_.types[id];
        const auto number = static_cast<std::int64_t>(id);
        return type == GgufTokenType::control || type == GgufTokenType::unknown
            || number == ids_.bos || number == ids_.eos;
    }
    void add(std::string_view name, const std::string& value);
    void add_added_tokens();
    void add_post_processor();
    void add_vocabulary();
    template <class Merges, class Write>
    void add_merges(const Merges& merges, Write write);
    void check_size() const;
    std::string config() const;
    GgufTokenizer finish();

    const GgufMetadata& metadata_;
    GgufVocabulary vocabulary_;
    SpecialIds ids_;
    bool adds_bos_ = false;
    bool adds_eos_ = false;
    std::string text_ = R"({"version":"1.0")";
};

std::string quoted(std::string_view text)
{
    return Json(text).dump();
}

void Writer::add(std::string_view name, const std::string& value)
{
    text_ += ",\"" + std::string(name) + "\":" + value;
    check_size();
}

void Writer::check_size() const
{
    if (text_.size() > max_json_bytes)
        metadata_.fail("tokenizer.ggml.tokens",
            "and what belongs to them would make a tokenizer.json of more than "
                + std::to_string(max_json_bytes) + " bytes");
}

/// Those that are looked for in the text itself.
void Writer::add_added_tokens()
{
    text_ += R"(,"added_tokens":[)";
    bool first = true;
    for (std::size_t id = 0; id < vocabulary_.tokens.size(); ++id) {
        const bool special = is_special(id);
        if (vocabulary_.tokens[id].empty()
            || (!special && vocabulary_.types[id] != GgufTokenType::user_defined))
            continue;
        const Json token = { { "id", id }, { "content", vocabulary_.tokens[id] },
            { "single_word", false }, { "lstrip", false }, { "rstrip", false },
            { "normalized", false }, { "special", special } };
        text_ += (first ? "" : ",") + token.dump();
        first = false;
        check_size();
    }
    text_ += "]";
}

void Writer::add_post_processor()
{
    Json tokens = Json::object();
    // A text with the tokens around it; the second of a pair comes after the first.
    const auto framed = [&](const char* sequence, int type, Json& pieces) {
        const auto add_special = [&](std::int64_t id) {
            const std::string_view content = token(id);
            pieces.push_back({ { "SpecialToken", { { "id", content }, { "type_id", type } } } });
            tokens[std::string(content)] = { { "id", content }, { "ids", Json::array({ id }) },
                { "tokens", Json::array({ content }) } };
        };
        if (adds_bos_)
            add_special(ids_.bos);
        pieces.push_back({ { "Sequence", { { "id", sequence }, { "type_id", type } } } });
        if (adds_eos_)
            add_special(ids_.eos);
    };
    Json single = Json::array();
    framed("A", 0, single);
    Json pair = single;
    framed("B", 1, pair);
    const Json processor = { { "type", "TemplateProcessing" }, { "single", single },
        { "pair", pair }, { "special_tokens", tokens } };
    add("post_processor", processor.dump());
}

void Writer::add_vocabulary()
{
    text_ += R"(,"vocab":{)";
    bool first = true;
    for (std::size_t id = 0; id < vocabulary_.tokens.size(); ++id) {
        if (vocabulary_.tokens[id].empty())
            continue;
        text_ += (first ? "" : ",") + quoted(vocabulary_.tokens[id]) + ":" + std::to_string(id);
        first = false;
        check_size();
    }
    text_ += "}";
}

/// `write(merge)` gives its JSON.
template <class Merges, class Write>
void Writer::add_merges(const Merges& merges, Write write)
{
    text_ += R"(,"merges":[)";
    bool first = true;
    for (const auto& merge : merges) {
        text_ += (first ? "" : ",") + write(merge);
        first = false;
        check_size();
    }
    text_ += "]";
}

std::string Writer::config() const
{
    // Of this class everything stands in tokenizer.json.
    Json config = { { "tokenizer_class", "PreTrainedTokenizerFast" },
        { "add_bos_token", adds_bos_ }, { "add_eos_token", adds_eos_ } };
    if (ids_.bos >= 0)
        config["bos_token"] = token(ids_.bos);
    if (ids_.eos >= 0)
        config["eos_token"] = token(ids_.eos);
    if (const std::string chat = metadata_.text_or("tokenizer.chat_template", ""); !chat.empty())
        config["chat_template"] = chat;
    return config.dump(2) + "\n";
}

GgufTokenizer Writer::finish()
{
    text_ += "}}"; // the model's and the whole
    return { std::move(text_), config() };
}

GgufTokenizer Writer::gpt2()
{
    const GgufWordRule rule = gguf_word_rule(metadata_);
    adds_bos_
        = ids_.bos >= 0 && metadata_.boolean_or("tokenizer.ggml.add_bos_token", rule.adds_bos);
    adds_eos_ = ids_.eos >= 0 && metadata_.boolean_or("tokenizer.ggml.add_eos_token", false);
    add_added_tokens();
    add("normalizer", rule.nfc ? R"({"type":"NFC"})" : "null");

    Json steps = Json::array();
    for (const std::string_view expression : rule.splits)
        steps.push_back({ { "type", "Split" }, { "pattern", { { "Regex", expression } } },
            { "behavior", "Isolated" }, { "invert", false } });
    const Json bytes = { { "type", "ByteLevel" }, { "add_prefix_space", false },
        { "trim_offsets", true }, { "use_regex", rule.gpt2_words } };
    steps.push_back(bytes);
    add("pre_tokenizer", Json{ { "type", "Sequence" }, { "pretokenizers", steps } }.dump());
    add_post_processor();
    add("decoder", bytes.dump());
    add("model", R"({"type":"BPE","fuse_unk":false,"byte_fallback":false,"ignore_merges":)");
    text_ += rule.ignore_merges ? "true" : "false";
    add_vocabulary();
    add_merges(metadata_.texts("tokenizer.ggml.merges", max_merges), quoted);
    return finish();
}

GgufTokenizer Writer::llama()
{
    const bool prefix = metadata_.boolean_or("tokenizer.ggml.add_space_prefix", true);
    adds_bos_ = ids_.bos >= 0 && metadata_.boolean_or("tokenizer.ggml.add_bos_token", true);
    adds_eos_ = ids_.eos >= 0 && metadata_.boolean_or("tokenizer.ggml.add_eos_token", false);
    if (ids_.unknown < 0 && !vocabulary_.tokens.empty())
        ids_.unknown = 0; // sentencepiece's own number
    add_added_tokens();

    Json normalizers = Json::array();
    Json decoders = Json::array();
    if (prefix)
        normalizers.push_back({ { "type", "Prepend" }, { "prepend", "▁" } });
    normalizers.push_back(
        { { "type", "Replace" }, { "pattern", { { "String", " " } } }, { "content", "▁" } });
    decoders.push_back(
        { { "type", "Replace" }, { "pattern", { { "String", "▁" } } }, { "content", " " } });
    decoders.push_back({ { "type", "ByteFallback" } });
    decoders.push_back({ { "type", "Fuse" } });
    if (prefix)
        decoders.push_back(
            { { "type", "Strip" }, { "content", " " }, { "start", 1 }, { "stop", 0 } });
    add("normalizer", Json{ { "type", "Sequence" }, { "normalizers", normalizers } }.dump());
    add("pre_tokenizer", "null");
    add_post_processor();
    add("decoder", Json{ { "type", "Sequence" }, { "decoders", decoders } }.dump());
    add("model", R"({"type":"BPE","fuse_unk":true,"byte_fallback":true,"ignore_merges":false)");
    if (ids_.unknown >= 0)
        text_ += R"(,"unk_token":)" + quoted(token(ids_.unknown));
    add_vocabulary();
    add_merges(merges_from_scores(metadata_, vocabulary_), [](const GgufMerge& merge) {
        return "[" + quoted(merge.left) + "," + quoted(merge.right) + "]";
    });
    return finish();
}

} // namespace

GgufTokenizer gguf_tokenizer(const Gguf& file)
{
    constexpr const char* key = "tokenizer.ggml.model";
    const GgufMetadata& metadata = file.metadata();
    const std::string kind = metadata.text(key);
    if (kind != "gpt2" && kind != "llama")
        metadata.fail(key, "is " + kind + "; gpt2 and llama are supported");
    Writer writer(metadata, read_gguf_vocabulary(metadata));
    return kind == "gpt2" ? writer.gpt2() : writer.llama();
}

} // namespace circuitloom
