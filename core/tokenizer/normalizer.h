#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/character_map.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/traced_text.h"
#include "core/tokenizer/unicode_form.h"

#include <string>
#include <variant>
#include <vector>

namespace circuitloom {

/// What a tokenizer does to a text before it splits it: Unicode's normalization forms, the steps
/// that sentencepiece models ask for (Prepend, Replace, Precompiled), and those of BERT's models.
class Normalizer
{
public:
    /// No steps.
    Normalizer() = default;
    /// From the `normalizer` of a tokenizer.json. Throws InputError.
    explicit Normalizer(const JsonObject& json);

    bool empty() const { return steps_.empty(); }
    /// Throws InputError where the steps make the text absurdly longer.
    TracedText apply(TracedText text) const;

private:
    struct Prepend
    {
        std::string content;
    };
    struct Replace
    {
        Regex pattern;
        std::string content;
    };
    struct Strip
    {
        bool left = true;
        bool right = true;
    };
    enum class Characters ///< steps that look at each character by itself
    {
        lower_case,
        without_marks,
        without_nonspacing_marks,
        cleaned_for_translation,
        cleaned_for_bert,
        chinese_apart,
        bytes_spelled
    };
    using Step = std::variant<UnicodeForm, Prepend, Replace, Strip, Characters, CharacterMap>;

    void add(const JsonObject& json);
    void add_bert(const JsonObject& json);
    static Replace read_replace(const JsonObject& json);
    static TracedText apply(UnicodeForm form, TracedText text);
    static TracedText apply(const Prepend& step, TracedText text);
    static TracedText apply(const Replace& step, TracedText text);
    static TracedText apply(Characters step, TracedText text);
    TracedText apply(const Step& step, TracedText text, std::size_t limit) const;

    std::vector<Step> steps_;
    std::string where_; ///< for messages
};

} // namespace circuitloom
