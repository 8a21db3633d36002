#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/splitter.h"
#include "core/tokenizer/traced_text.h"

#include <string>
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

    /// Whether it needs a traced text to know which words stand at the very beginning;
    /// `normalized`: it is given texts that were made from others.
    bool asks_for_origin(bool normalized) const;
    /// `at_start`: `text` stands at the very beginning of what is encoded.
    Pieces split(TracedText text, bool at_start) const;

private:
    /// GPT-2's: words by a regular expression, bytes spelled as characters.
    struct ByteLevel
    {
        bool add_prefix_space = false;
        bool use_regex = true;
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
    using Step = std::variant<ByteLevel, Metaspace, Splitter>;

    void add(const JsonObject& json);
    static Metaspace read_metaspace(const JsonObject& json);
    static Pieces apply(const ByteLevel& step, Pieces pieces);
    static Pieces apply(const Metaspace& step, Pieces pieces);
    static Pieces apply(const Splitter& step, Pieces pieces)
    {
        return step.apply(std::move(pieces));
    }

    std::vector<Step> steps_;
    std::string where_; ///< for messages
};

} // namespace circuitloom
