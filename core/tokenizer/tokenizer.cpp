#include "core/tokenizer/tokenizer.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tokenizer/added_vocabulary.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/loaded_tokenizer.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/post_processor.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/word_model.h"

#include <algorithm>
#include <limits>

namespace circuitloom {

namespace {

template <class Part>
Part read_part(const JsonObject& tokenizer, const char* field)
{
    return tokenizer.has(field) ? Part(tokenizer.object(field)) : Part();
}

std::size_t character_count(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
        [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

} // namespace

struct Tokenizer::Impl
{
    int model_vocabulary = std::numeric_limits<int>::max();
    std::int32_t prefix = -1;

    struct Entry
    {
        std::string token; ///< as the vocabulary writes it; empty where an id is unused
        std::string decoded; ///< what it becomes before the decoder
        bool added = false;
        bool special = false;
    };

    explicit Impl(const LoadedTokenizer& loaded)
        : Impl(JsonObject(loaded.tokenizer, loaded.where))
    {
        const SpecialTokensAround in_file{ post_processor.before, post_processor.after };
        around = around_of(loaded.frame, in_file);
        if (loaded.frame_in_4)
            around_in_4 = around_of(*loaded.frame_in_4, in_file);
    }

    explicit Impl(const JsonObject& json)
        : model(read_word_model(json.object("model")))
        , normalizer(read_part<Normalizer>(json, "normalizer"))
        , pre_tokenizer(read_part<PreTokenizer>(json, "pre_tokenizer"))
        , decoder(read_part<Decoder>(json, "decoder"))
        , added(model->vocabulary())
    {
        if (json.has("post_processor"))
            post_processor = read_post_processor(json.object("post_processor"));
        for (const auto& [token, id] : model->vocabulary().ids())
            entry(id) = { token, token, false, false };
        for (AddedToken& token : read_added_tokens(json))
            added.add(std::move(token));
        for (const AddedToken& token : added.in_order())
            try {
                look_for(token);
            } catch (const InputError& cause) {
                json.fail("added_tokens", std::string("cannot be used: ") + cause.what());
            }
        check_ids(json, post_processor.before);
        check_ids(json, post_processor.after);
    }

    void check_ids(const JsonObject& json, const std::vector<std::int32_t>& ids) const
    {
        for (const std::int32_t id : ids)
            if (static_cast<std::size_t>(id) >= entries.size())
                json.fail("post_processor",
                    "adds the token " + std::to_string(id) + ", but the highest id is "
                        + std::to_string(static_cast<std::int64_t>(entries.size()) - 1));
    }

    Entry& entry(std::int32_t id)
    {
        const auto index = static_cast<std::size_t>(id);
        if (entries.size() <= index)
            entries.resize(index + 1);
        return entries[index];
    }

    SpecialTokensAround around_of(const Frame& frame, const SpecialTokensAround& in_file) const
    {
        if (frame.as_in_file)
            return in_file;
        const auto ids = [this](const std::vector<std::string>& names) {
            std::vector<std::int32_t> found;
            for (const std::string& name : names)
                if (const std::int32_t id = added.find(name); id >= 0)
                    found.push_back(id);
            return found;
        };
        return { ids(frame.before), ids(frame.after) };
    }

    void look_for(const AddedToken& token)
    {
        const std::string content = token.normalized
            ? normalizer.apply(TracedText(token.content, false, 0)).text()
            : token.content;
        entry(token.id) = { token.content, content, true, token.special };
        (token.normalized ? normalized_tokens : raw_tokens).add(content, token);
    }

    const Entry* known(std::int32_t id) const
    {
        const auto index = static_cast<std::size_t>(id);
        if (id < 0 || index >= entries.size() || entries[index].token.empty())
            return nullptr;
        return &entries[index];
    }

    /// Appends a token that stands for `bytes` of `text`, and that `text` writes as `written`.
    void place(const TracedText& text, TextRange bytes, std::int32_t id, std::string_view written,
        std::vector<PlacedToken>& tokens) const
    {
        TextRange part;
        if (text.traced()) {
            part = text.origin(bytes);
            if (post_processor.trim)
                part = post_processor.trim->apply(part, written, tokens.empty());
        }
        tokens.push_back({ id, part.begin, part.end });
    }

    /// A text without added tokens, normalized.
    void encode_words(TracedText text, bool at_start, std::vector<PlacedToken>& tokens) const
    {
        const Pieces words = pre_tokenizer.split(std::move(text), at_start);
        std::vector<WordToken> word_tokens;
        words.for_each([&](TextRange word) {
            model->encode(words.view(word), word_tokens);
            for (const WordToken& token : word_tokens)
                place(words.text, { word.begin + token.begin, word.begin + token.end }, token.id,
                    entries[static_cast<std::size_t>(token.id)].token, tokens);
        });
    }

    /// A text without the added tokens that are looked for before the normalizer.
    void encode_text(TracedText text, bool at_start, std::vector<PlacedToken>& tokens) const
    {
        text = normalizer.apply(std::move(text));
        const std::string_view normal = text.text();
        for (const TextOrToken& part : normalized_tokens.split(normal)) {
            if (part.token >= 0) {
                place(text, part.range, part.token,
                    normal.substr(part.range.begin, part.range.end - part.range.begin), tokens);
                continue;
            }
            TracedText words(text.traced());
            words.copy(text, part.range);
            encode_words(std::move(words), at_start && part.range.begin == 0, tokens);
        }
    }

    /// The tokens of valid UTF-8, with their parts where `traced`.
    std::vector<PlacedToken> encode(std::string_view text, bool special, bool traced) const
    {
        std::vector<PlacedToken> tokens;
        traced = traced || pre_tokenizer.asks_for_origin(!normalizer.empty());
        const std::size_t most_tokens = 64 * text.size() + 4096;
        std::size_t characters = 0; // before the part
        for (const TextOrToken& part : raw_tokens.split(text)) {
            const std::string_view content
                = text.substr(part.range.begin, part.range.end - part.range.begin);
            TracedText traced_content(content, traced, characters);
            if (part.token >= 0)
                place(traced_content, { 0, content.size() }, part.token, content, tokens);
            else
                encode_text(std::move(traced_content), part.range.begin == 0, tokens);
            if (traced)
                characters += character_count(content);
            // Each part may grow within limits that are generous to a short one.
            if (tokens.size() > most_tokens)
                throw InputError("The tokenizer makes more than " + std::to_string(most_tokens)
                    + " tokens of a text of " + std::to_string(text.size()) + " bytes.");
        }
        if (special)
            add_around(tokens);
        return tokens;
    }

    void add_around(std::vector<PlacedToken>& tokens) const
    {
        std::vector<PlacedToken> before;
        for (const std::int32_t id : around.before)
            before.push_back({ id, 0, 0 });
        tokens.insert(tokens.begin(), before.begin(), before.end());
        for (const std::int32_t id : around.after)
            tokens.push_back({ id, 0, 0 });
    }

    std::unique_ptr<WordModel> model;
    Normalizer normalizer;
    PreTokenizer pre_tokenizer;
    Decoder decoder;
    PostProcessor post_processor;
    SpecialTokensAround around;
    std::optional<SpecialTokensAround> around_in_4;
    AddedVocabulary added;
    AddedTokenFinder raw_tokens;
    AddedTokenFinder normalized_tokens;
    std::vector<Entry> entries; ///< by id
};

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}

Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

Tokenizer Tokenizer::from_files(const TokenizerFiles& files)
{
    return Tokenizer(std::make_unique<Impl>(load_tokenizer(files)));
}

Tokenizer Tokenizer::from_json(std::string_view tokenizer_json,
    std::string_view tokenizer_config_json, std::string_view origin)
{
    if (tokenizer_json.empty())
        throw InputError(std::string(origin) + " is empty.");
    TokenizerFiles files{ .origin = std::string(origin) };
    files.tokenizer_json = tokenizer_json;
    files.tokenizer_config_json = tokenizer_config_json;
    return from_files(files);
}

Tokenizer Tokenizer::from_vocab_and_merges(std::string_view vocab_json, std::string_view merges_txt,
    std::string_view tokenizer_config_json, std::string_view origin)
{
    TokenizerFiles files{ .origin = std::string(origin) };
    files.vocabulary_json = vocab_json;
    files.merges = merges_txt;
    files.tokenizer_config_json = tokenizer_config_json;
    return from_files(files);
}

const SpecialTokensAround& Tokenizer::around() const
{
    return impl_->around;
}

const std::optional<SpecialTokensAround>& Tokenizer::around_in_transformers4() const
{
    return impl_->around_in_4;
}

int Tokenizer::vocabulary_size() const
{
    return static_cast<int>(impl_->entries.size());
}

std::int32_t Tokenizer::prefix_token() const
{
    return impl_->prefix;
}

void Tokenizer::set_prefix_token(std::int32_t id)
{
    impl_->prefix = id;
}

void Tokenizer::set_model_vocabulary(int tokens)
{
    impl_->model_vocabulary = tokens;
}

std::string Tokenizer::unknown_to_model(std::span<const std::int32_t> ids) const
{
    const auto unknown = std::ranges::find_if(
        ids, [this](std::int32_t id) { return id < 0 || id >= impl_->model_vocabulary; });
    if (unknown == ids.end())
        return {};
    return "the tokenizer gives the token " + std::to_string(*unknown) + " ("
        + for_message(token_text(*unknown), 40) + "), but config.json says vocab_size is "
        + std::to_string(impl_->model_vocabulary);
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool special) const
{
    std::vector<std::int32_t> ids;
    for (const PlacedToken& token : impl_->encode(valid_utf8(text), special, false))
        ids.push_back(token.id);
    return ids;
}

std::vector<PlacedToken> Tokenizer::encode_with_offsets(std::string_view text, bool special) const
{
    return impl_->encode(valid_utf8(text), special, true);
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids) const
{
    std::vector<std::string> tokens;
    for (const std::int32_t id : ids)
        if (const Impl::Entry* entry = impl_->known(id); entry && !entry->special)
            tokens.push_back(entry->decoded);
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
    return impl_->added.find(token);
}

} // namespace circuitloom
