#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// Text to token ids and back, as Hugging Face's `tokenizers` does it for byte-level BPE (GPT-2,
/// with `ignore_merges` as in Llama 3) and sentencepiece-style BPE with byte fallback (Llama 2).
/// Immutable and safe to share between threads.
class Tokenizer
{
public:
    /// From the text of a tokenizer.json; `tokenizer_config_json` may be empty. Throws InputError
    /// naming `origin` and the field where it is malformed or of a kind not supported.
    static Tokenizer from_json(std::string_view tokenizer_json,
        std::string_view tokenizer_config_json, std::string_view origin);
    ~Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;

    /// One more than the highest id.
    int vocabulary_size() const;
    /// Ids of `text` (UTF-8; invalid bytes count as U+FFFD). With `special`, whatever the
    /// post-processor adds around a text (`<s>`).
    std::vector<std::int32_t> encode(std::string_view text, bool special = true) const;
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
