#pragma once

#include <bit>
#include <cstdint>

namespace circuitloom {

/// The value of an IEEE 754 binary16 number, exactly.
inline float half_to_float(std::uint16_t half)
{
    const std::uint32_t magnitude = (std::uint32_t{ half } & 0x7FFF) << 13; // as a float has it
    const std::uint32_t sign = (std::uint32_t{ half } & 0x8000) << 16;
    if ((half & 0x7C00) == 0x7C00) // infinite, or no number
        return std::bit_cast<float>(sign | 0x7F800000 | magnitude);
    // The exponents' biases, 127 and 15, differ by 112; subnormal numbers come out right as well.
    return std::bit_cast<float>(
        sign | std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112F));
}

} // namespace circuitloom
