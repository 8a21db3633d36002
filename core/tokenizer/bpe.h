#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/merge_table.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace circuitloom {

/// Lets a map of strings be searched by string_view.
struct StringHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const
    {
        return std::hash<std::string_view>{}(text);
    }
};

/// A token and the part of a word that it stands for, in bytes.
struct WordToken
{
    std::int32_t id = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Byte-pair encoding: a word falls into characters, and the pair with the lowest rank is joined
/// until no pair has one. Takes O(n log n) for a word of n characters.
class Bpe
{
public:
    /// From the `model` of a tokenizer.json. Throws InputError.
    explicit Bpe(const JsonObject& model);

    /// The tokens of `word` (valid UTF-8) replace what is in `tokens`.
    void encode(std::string_view word, std::vector<WordToken>& tokens) const;

    const std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>>&
    vocabulary() const
    {
        return vocabulary_;
    }
    /// -1 where there is none.
    std::int32_t find(std::string_view token) const;

    /// No token id may be larger, so that a small file cannot ask for much memory.
    static constexpr std::int32_t max_id = (1 << 21) - 1;

private:
    void read_vocabulary(const JsonObject& model);
    void read_merges(const JsonObject& model);
    void read_byte_tokens();
    void read_characters();
    std::int32_t find_character(std::string_view character) const;
    void characters(std::string_view word, std::vector<WordToken>& tokens) const;
    bool append_bytes(std::string_view word, std::size_t begin, std::size_t end,
        std::vector<WordToken>& tokens) const;
    void join_few(std::vector<WordToken>& tokens) const;
    void join_many(std::vector<WordToken>& tokens) const;

    std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>> vocabulary_;
    MergeTable merges_;
    std::array<std::int32_t, 256> byte_tokens_{}; ///< of `<0x00>` and so on; -1 where absent
    std::array<std::int32_t, 0x800> low_characters_{}; ///< the same of the first characters
    std::optional<std::int32_t> unknown_;
    bool fuse_unknown_ = false;
    bool byte_fallback_ = false;
    bool ignore_merges_ = false;
};

} // namespace circuitloom
