#pragma once

#include "core/formats/json_input.h"

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What a tokenizer does to a text before it splits it: the Prepend and Replace steps that
/// sentencepiece models ask for.
class Normalizer
{
public:
    /// No steps.
    Normalizer() = default;
    /// From the `normalizer` of a tokenizer.json. Throws InputError.
    explicit Normalizer(const JsonObject& json);

    /// Throws InputError where the steps make the text absurdly longer.
    std::string apply(std::string_view text) const;

private:
    struct Step
    {
        std::string pattern; ///< replaced everywhere; where empty, `content` goes in front
        std::string content;
    };
    void add(const JsonObject& json);

    std::vector<Step> steps_;
};

/// `text` with `content` for every `pattern`, which must not be empty.
std::string replace_all(std::string_view text, std::string_view pattern, std::string_view content);
/// The text of a `{"String": …}` pattern. Throws InputError where it is empty or a regular
/// expression.
std::string string_pattern(const JsonObject& step);

} // namespace circuitloom
