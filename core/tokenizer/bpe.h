#pragma once

#include "core/tokenizer/merge_table.h"
#include "core/tokenizer/word_model.h"

#include <array>
#include <string>

namespace circuitloom {

/// Byte-pair encoding: a word falls into characters, and the pair with the lowest rank is joined
/// until no pair has one. Takes O(n log n) for a word of n characters.
class Bpe : public WordModel
{
public:
    /// From the `model` of a tokenizer.json. Throws InputError.
    explicit Bpe(const JsonObject& model);

    void encode(std::string_view word, std::vector<WordToken>& tokens) const override;

private:
    void read_merges(const JsonObject& model);
    void read_characters();
    std::int32_t find_character(std::string_view character) const;
    std::int32_t unknown(std::string_view character) const;
    void characters(std::string_view word, std::vector<WordToken>& tokens) const;
    bool append_bytes(std::string_view word, std::size_t begin, std::size_t end,
        std::vector<WordToken>& tokens) const;
    void join_few(std::vector<WordToken>& tokens) const;
    void join_many(std::vector<WordToken>& tokens) const;

    MergeTable merges_;
    std::array<std::int32_t, 256> byte_tokens_{}; ///< of `<0x00>` and so on; -1 where absent
    std::array<std::int32_t, 0x800> low_characters_{}; ///< the same of the first characters
    bool has_unknown_ = false;
    std::string unknown_token_;
    std::int32_t unknown_ = -1; ///< -1 where the vocabulary lacks the unknown token
    bool fuse_unknown_ = false;
    bool byte_fallback_ = false;
    bool ignore_merges_ = false;
    std::string where_; ///< for messages
};

} // namespace circuitloom
