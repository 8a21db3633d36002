#pragma once

#include "core/tasks/task.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A word, the end of a contraction ('s, 've), or one mark of punctuation.
struct WordPiece
{
    std::size_t start = 0; ///< in bytes
    std::size_t end = 0;
    std::string_view text; ///< of the text that was split, which must outlive it
};

/// The pieces of valid UTF-8 in order; white space lies between them. "don't" is `don` and `'t`.
std::vector<WordPiece> word_pieces(std::string_view text);

/// The pieces [first, last) with the white space before them: how they continue a text.
std::string_view with_space(std::string_view text, const std::vector<WordPiece>& pieces,
    std::size_t first, std::size_t last);

/// The same stretch as a target.
TaskSpan span_of(std::string_view text, const std::vector<WordPiece>& pieces, std::size_t first,
    std::size_t last, std::string alternative);

} // namespace circuitloom
