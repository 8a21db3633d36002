#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace circuitloom {

/// Numbers as binary formats of other programs store them.

/// An unsigned number of a fixed size, the lowest byte first.
template <class Number>
std::string little_endian(Number number)
{
    std::string bytes;
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
    return bytes;
}

/// Seven bits a byte, the lowest first; all bytes but the last one have the highest bit set.
inline std::string varint(std::uint64_t number)
{
    std::string bytes;
    for (; number >= 0x80; number >>= 7)
        bytes += static_cast<char>((number & 0x7F) | 0x80);
    return bytes + static_cast<char>(number);
}

} // namespace circuitloom
