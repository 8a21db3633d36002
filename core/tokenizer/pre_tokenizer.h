#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/regex.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace circuitloom {

/// Splits a text into the words that byte-pair encoding sees one by one, and spells them as the
/// vocabulary does.
class PreTokenizer
{
public:
    /// One word, the whole text.
    PreTokenizer() = default;
    /// From the `pre_tokenizer` of a tokenizer.json. Throws InputError.
    explicit PreTokenizer(const JsonObject& json);

    /// `at_start`: `text` stands at the very beginning of what is encoded.
    std::vector<std::string> split(std::string_view text, bool at_start) const;

private:
    /// GPT-2's: words by a regular expression, bytes spelled as characters.
    struct ByteLevel
    {
        bool add_prefix_space = false;
        bool use_regex = true;
    };
    enum class Delimiters
    {
        isolated,
        removed
    };
    struct Split
    {
        Regex pattern;
        Delimiters delimiters = Delimiters::isolated;
        bool invert = false; ///< what lies between matches is the delimiter
    };
    /// Sentencepiece's: words begin with a replaced space.
    struct Metaspace
    {
        enum class Prepend
        {
            always,
            first,
            never
        };
        std::string replacement;
        Prepend prepend = Prepend::always;
        bool split = true;
    };
    using Step = std::variant<ByteLevel, Split, Metaspace>;

    void add(const JsonObject& json);
    static Step read_split(const JsonObject& json);
    static Step read_metaspace(const JsonObject& json);
    static void apply(const ByteLevel& step, std::string word, std::vector<std::string>& words);
    static void apply(const Split& step, std::string_view word, std::vector<std::string>& words);
    static void apply(
        const Metaspace& step, std::string word, bool at_start, std::vector<std::string>& words);

    std::vector<Step> steps_;
};

} // namespace circuitloom
