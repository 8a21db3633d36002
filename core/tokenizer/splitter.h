#pragma once

#include "core/formats/json_input.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/traced_text.h"

#include <vector>

namespace circuitloom {

/// What becomes of the delimiters that a text is split at. Of `a--b` split at `-`:
enum class Delimiters
{
    removed, ///< `a`, `b`
    isolated, ///< `a`, `-`, `-`, `b`
    merged_with_previous, ///< `a-`, `-`, `b`
    merged_with_next, ///< `a`, `-`, `-b`
    contiguous ///< `a`, `--`, `b`
};

/// From a step's `behavior` as tokenizer.json writes it. Throws InputError.
Delimiters read_delimiters(const JsonObject& step);

/// Splits pieces into smaller ones at the matches of a pattern.
class Splitter
{
public:
    /// `invert`: what lies between the matches is the delimiter.
    Splitter(Regex pattern, Delimiters delimiters, bool invert = false)
        : pattern_(std::move(pattern))
        , delimiters_(delimiters)
        , invert_(invert)
    {
    }

    Pieces apply(Pieces pieces) const;

private:
    struct Part
    {
        TextRange range;
        bool delimiter = false;
    };
    void find_parts(std::string_view text, const std::vector<TextRange>& matches,
        std::vector<Part>& parts) const;
    void merge(std::vector<Part>& parts) const;

    Regex pattern_;
    Delimiters delimiters_ = Delimiters::isolated;
    bool invert_ = false;
};

} // namespace circuitloom
