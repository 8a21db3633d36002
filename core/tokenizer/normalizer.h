#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/traced_text.h"
#include "core/tokenizer/unicode_form.h"

#include <string>
#include <variant>
#include <vector>

namespace circuitloom {

/// What a tokenizer does to a text before it splits it: Unicode's normalization forms, and the
/// Prepend and Replace steps that sentencepiece models ask for.
class Normalizer
{
public:
    /// No steps.
    Normalizer() = default;
    /// From the `normalizer` of a tokenizer.json. Throws InputError.
    explicit Normalizer(const JsonObject& json);

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
    using Step = std::variant<UnicodeForm, Prepend, Replace>;

    void add(const JsonObject& json);
    static Replace read_replace(const JsonObject& json);
    static TracedText apply(UnicodeForm form, TracedText text);
    static TracedText apply(const Prepend& step, TracedText text);
    static TracedText apply(const Replace& step, TracedText text);

    std::vector<Step> steps_;
    std::string where_; ///< for messages
};

} // namespace circuitloom
