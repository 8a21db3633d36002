#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/text_range.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A token that is looked for in the text itself, before anything is split.
struct AddedToken
{
    std::int32_t id = -1; ///< -1 until it has one
    std::string content;
    bool special = false; ///< left out when ids become text
    bool normalized = false; ///< looked for after the normalizer
    bool single_word = false; ///< only where no part of a word touches it
    bool lstrip = false; ///< takes the white space before it
    bool rstrip = false; ///< and after it
};

/// A stretch of text, or a token that was found there with the white space it takes.
struct TextOrToken
{
    TextRange range; ///< in bytes
    std::int32_t token = -1; ///< -1 for text
};

/// Finds the added tokens of one kind in a text: the leftmost first, of those the longest. Takes
/// time proportional to the text, whatever the number of tokens.
class AddedTokenFinder
{
public:
    /// `content` is what is looked for: of two tokens with the same the first is found.
    void add(const std::string& content, const AddedToken& token);
    /// The parts of `text`, all of it in order; none is empty.
    std::vector<TextOrToken> split(std::string_view text) const;

private:
    struct Node
    {
        std::map<char, std::size_t> next;
        int token = -1;
    };
    struct Found
    {
        int token = -1; ///< in tokens_
        std::size_t end = 0;
    };
    Found longest_at(std::string_view text, std::size_t position) const;

    std::vector<Node> nodes_{ 1 };
    std::array<bool, 256> begins_{}; ///< whether a token begins with this byte
    std::vector<AddedToken> tokens_;
};

/// The `added_tokens` of a tokenizer.json (absent: none) in their order, which may have a token more
/// than once; without their ids, which follow from the order. Throws InputError.
std::vector<AddedToken> read_added_tokens(const JsonObject& tokenizer);

} // namespace circuitloom
