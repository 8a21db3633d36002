#pragma once

#include "core/tokenizer/tokenizer_files.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A token and the part of a text that it stands for.
struct PlacedToken
{
    std::int32_t id = 0;
    /// The part is [begin, end), in Unicode characters of the text as it was given; empty and at
    /// its beginning for a token that the post-processor added. A token that stands for some of a
    /// character's bytes has the whole character; where a normalizer composed several characters
    /// into one, the part ends after the first of them.
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The ids of the special tokens before and after a text.
struct SpecialTokensAround
{
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    bool operator==(const SpecialTokensAround&) const = default;
};

/// Text to token ids and back, as Hugging Face's `tokenizers` does it for byte-level BPE (GPT-2,
/// Pythia, Llama 3, Qwen, SmolLM), sentencepiece-style BPE with byte fallback (Llama 2, Mistral),
/// WordPiece, WordLevel and Unigram. Unicode's data are those of the installed PCRE2 and utf8proc. Immutable and safe to
/// share between threads.
class Tokenizer
{
public:
    /// From all files of a tokenizer, as transformers 5 takes them together. Throws InputError
    /// naming the file and the field where one is malformed or of a kind not supported.
    static Tokenizer from_files(const TokenizerFiles& files);
    /// From the text of a tokenizer.json; `tokenizer_config_json` may be empty.
    static Tokenizer from_json(std::string_view tokenizer_json,
        std::string_view tokenizer_config_json, std::string_view origin);
    /// The same for the older layout of a byte-level tokenizer.
    static Tokenizer from_vocab_and_merges(std::string_view vocab_json, std::string_view merges_txt,
        std::string_view tokenizer_config_json, std::string_view origin);
    ~Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;

    /// One more than the highest id.
    int vocabulary_size() const;
    /// The special tokens around a text, as transformers 5 adds them.
    const SpecialTokensAround& around() const;
    /// The same of transformers 4.57; none where that version does not load the tokenizer.
    const std::optional<SpecialTokensAround>& around_in_transformers4() const;
    /// How many tokens the model knows, where its configuration says so: it may be fewer than the
    /// tokenizer has. Before the tokenizer is shared.
    void set_model_vocabulary(int tokens);
    /// The token that stands before a text which nothing else precedes, where one has to: BOS, else
    /// EOS; -1 for a model without either. Set before the tokenizer is shared.
    std::int32_t prefix_token() const;
    void set_prefix_token(std::int32_t id);
    /// The first of `ids` that the model does not know, as a clause without an end; empty where it
    /// knows them all.
    std::string unknown_to_model(std::span<const std::int32_t> ids) const;
    /// Ids of `text` (UTF-8; invalid bytes count as U+FFFD). With `special`, whatever the
    /// post-processor adds around a text (`<s>`).
    std::vector<std::int32_t> encode(std::string_view text, bool special = true) const;
    /// The same with the part of `text` that each token stands for, as `tokenizers` has it in
    /// Encoding.offsets.
    std::vector<PlacedToken> encode_with_offsets(std::string_view text, bool special = true) const;
    /// The text; special tokens are left out.
    std::string decode(std::span<const std::int32_t> ids) const;
    /// One token as it is written in the vocabulary made readable: ` the`, `<s>`.
    std::string token_text(std::int32_t id) const;
    /// The id of a token as the vocabulary writes it (`Ġthe`, `▁the`), -1 where there is none.
    std::int32_t find(std::string_view token) const;

private:
    struct Impl;
    explicit Tokenizer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace circuitloom
