#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom {

/// Numbers made smaller without loss. Bytes of equal significance are put side by side, a plane for
/// each byte of a number; a plane that shrinks to less than three fifths is deflated (zlib, RFC
/// 1950), another one is kept as it is, as those of the last digits nearly always are. A plane is
/// preceded by the number of bytes that it takes, 4 bytes, little-endian; one that takes as many
/// bytes as there are numbers is not deflated.
///
/// Sign, exponent and first digits of float32 weights hardly differ from those that a run began
/// with: XORed with these, they take about half (file-format.md).
std::vector<std::byte> into_planes(std::span<const std::byte> numbers, std::size_t width);

/// Fills `numbers` from what into_planes() made of as many. Throws InputError, which names no file,
/// where it is anything else.
void from_planes(
    std::span<const std::byte> planes, std::size_t width, std::span<std::byte> numbers);

} // namespace circuitloom
