#pragma once

#include <cstddef>

namespace circuitloom {

/// A part of a text, [begin, end), in bytes or in characters.
struct TextRange
{
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const TextRange&) const = default;
};

} // namespace circuitloom
