#pragma once

#include "core/formats/json_input.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace circuitloom {

/// Turns tokens as the vocabulary writes them back into text.
class Decoder
{
public:
    /// Tokens separated by spaces, as tokenizers without a decoder give them.
    Decoder() = default;
    /// From the `decoder` of a tokenizer.json. Throws InputError.
    explicit Decoder(const JsonObject& json);

    /// The text of all tokens together, always valid UTF-8.
    std::string decode(std::vector<std::string> tokens) const;
    /// One token made readable: spaces restored but not stripped, byte tokens as they are.
    std::string readable(std::string_view token) const;

private:
    struct ByteLevel
    {
    };
    struct ByteFallback
    {
    };
    struct Fuse
    {
    };
    struct Replace
    {
        std::string pattern;
        std::string content;
    };
    struct Strip
    {
        std::string content; ///< one character
        std::size_t start = 0;
        std::size_t stop = 0;
    };
    struct Metaspace
    {
        std::string replacement;
        bool drop_first = true;
    };
    struct WordPiece
    {
        std::string prefix; ///< of tokens that continue a word
        bool cleanup = true; ///< no space before marks and contractions
    };
    struct WordEnds ///< of BPE models whose tokens say where a word ends
    {
        std::string suffix;
    };
    using Step = std::variant<ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace, WordPiece,
        WordEnds>;

    void add(const JsonObject& json);
    static Step read_replace(const JsonObject& json);
    static Step read_strip(const JsonObject& json);
    static Step read_metaspace(const JsonObject& json);
    static std::vector<std::string> apply(const Step& step, std::vector<std::string> tokens);
    static void apply(const Strip& step, std::string& token);
    static void apply(const WordPiece& step, bool first, std::string& token);

    std::vector<Step> steps_;
};

} // namespace circuitloom
