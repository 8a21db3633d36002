#include "core/tokenizer/tokenizer.h"

#include "core/base/utf8.h"
#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/bpe.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/post_processor.h"
#include "core/tokenizer/pre_tokenizer.h"

#include <algorithm>

namespace circuitloom {

namespace {

template <class Part>
Part read_part(const JsonObject& tokenizer, const char* field)
{
    return tokenizer.has(field) ? Part(tokenizer.object(field)) : Part();
}

/// `"<s>"`, or an object that has it as its content.
std::string token_name(const JsonObject& config, const char* field)
{
    const nlohmann::json* value = config.find(field);
    if (!value)
        return {};
    return value->is_object() ? config.object(field).text("content") : config.text(field);
}

} // namespace

struct Tokenizer::Impl
{
    struct Entry
    {
        std::string token; ///< as the vocabulary writes it; empty where an id is unused
        bool added = false;
        bool special = false;
    };

    explicit Impl(const JsonObject& json)
        : bpe(json.object("model"))
        , normalizer(read_part<Normalizer>(json, "normalizer"))
        , pre_tokenizer(read_part<PreTokenizer>(json, "pre_tokenizer"))
        , decoder(read_part<Decoder>(json, "decoder"))
    {
        if (json.has("post_processor"))
            post_processor = read_post_processor(json.object("post_processor"));
        for (const auto& [token, id] : bpe.vocabulary())
            entry(id).token = token;
        for (AddedToken& token : read_added_tokens(json))
            add(std::move(token));
    }

    Entry& entry(std::int32_t id)
    {
        const auto index = static_cast<std::size_t>(id);
        if (entries.size() <= index)
            entries.resize(index + 1);
        return entries[index];
    }

    void add(AddedToken token)
    {
        entry(token.id) = { token.content, true, token.special };
        added_ids.insert_or_assign(token.content, token.id);
        if (token.normalized)
            normalized_tokens.add(normalizer.apply(token.content), token);
        else
            raw_tokens.add(token.content, token);
    }

    /// transformers lets tokenizer_config.json overrule whether a text begins with `bos_token`.
    void apply_config(const JsonObject& config)
    {
        const std::string name = token_name(config, "bos_token");
        const std::int32_t bos = find(name);
        if (bos < 0 || !config.has("add_bos_token"))
            return;
        auto& before = post_processor.before;
        std::erase(before, bos);
        if (config.boolean_or("add_bos_token", false)) {
            before.push_back(bos);
            std::rotate(before.begin(), before.end() - 1, before.end());
        }
    }

    std::int32_t find(std::string_view token) const
    {
        const auto found = added_ids.find(token);
        return found == added_ids.end() ? bpe.find(token) : found->second;
    }

    const Entry* known(std::int32_t id) const
    {
        const auto index = static_cast<std::size_t>(id);
        if (id < 0 || index >= entries.size() || entries[index].token.empty())
            return nullptr;
        return &entries[index];
    }

    void encode_text(std::string_view text, bool at_start, std::vector<std::int32_t>& ids) const
    {
        const std::string normal = normalizer.apply(text);
        for (const TextOrToken& part : normalized_tokens.split(normal)) {
            if (part.token >= 0) {
                ids.push_back(part.token);
                continue;
            }
            const bool first = at_start && part.text.data() == normal.data();
            for (const std::string& word : pre_tokenizer.split(part.text, first))
                bpe.encode(word, ids);
        }
    }

    Bpe bpe;
    Normalizer normalizer;
    PreTokenizer pre_tokenizer;
    Decoder decoder;
    PostProcessor post_processor;
    AddedTokenFinder raw_tokens;
    AddedTokenFinder normalized_tokens;
    std::vector<Entry> entries; ///< by id
    std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>> added_ids;
};

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}

Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

Tokenizer Tokenizer::from_json(std::string_view tokenizer_json,
    std::string_view tokenizer_config_json, std::string_view origin)
{
    const std::string where(origin);
    const nlohmann::json json = parse_json(tokenizer_json, where);
    auto impl = std::make_unique<Impl>(JsonObject(json, where));
    if (!tokenizer_config_json.empty()) {
        const std::string config_where = where + ": tokenizer_config.json";
        const nlohmann::json config = parse_json(tokenizer_config_json, config_where);
        impl->apply_config(JsonObject(config, config_where));
    }
    return Tokenizer(std::move(impl));
}

int Tokenizer::vocabulary_size() const
{
    return static_cast<int>(impl_->entries.size());
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool special) const
{
    const std::string valid = valid_utf8(text);
    std::vector<std::int32_t> ids;
    if (special)
        ids = impl_->post_processor.before;
    for (const TextOrToken& part : impl_->raw_tokens.split(valid)) {
        if (part.token >= 0)
            ids.push_back(part.token);
        else
            impl_->encode_text(part.text, part.text.data() == valid.data(), ids);
    }
    if (special)
        ids.insert(
            ids.end(), impl_->post_processor.after.begin(), impl_->post_processor.after.end());
    return ids;
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids) const
{
    std::vector<std::string> tokens;
    for (const std::int32_t id : ids)
        if (const Impl::Entry* entry = impl_->known(id); entry && !entry->special)
            tokens.push_back(entry->token);
    return impl_->decoder.decode(std::move(tokens));
}

std::string Tokenizer::token_text(std::int32_t id) const
{
    const Impl::Entry* entry = impl_->known(id);
    if (!entry)
        return {};
    return entry->added ? entry->token : impl_->decoder.readable(entry->token);
}

std::int32_t Tokenizer::find(std::string_view token) const
{
    return impl_->find(token);
}

} // namespace circuitloom
