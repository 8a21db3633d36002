#include "core/formats/quantised_blocks.h"

#include "core/formats/half_precision.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace circuitloom {

namespace {

using Bytes = const std::uint8_t*;

template <class Number>
Number read(Bytes bytes)
{
    Number number;
    std::memcpy(&number, bytes, sizeof number);
    return number;
}

float read_half(Bytes bytes)
{
    return half_to_float(read<std::uint16_t>(bytes));
}

/// Blocks of 32: a scale, with `has_least` the least value, with `has_fifth_bits` the top bit of
/// every number, and four bits of each: numbers 0 to 15 in the low halves of the bytes, 16 to 31
/// in the high ones. Without a least value, numbers are signed around `zero`.
template <bool has_least, bool has_fifth_bits>
void decode_small_block(Bytes block, float* out)
{
    constexpr int zero = has_least ? 0 : has_fifth_bits ? 16 : 8;
    const float scale = read_half(block);
    block += 2;
    float least = 0;
    if constexpr (has_least) {
        least = read_half(block);
        block += 2;
    }
    std::uint32_t fifth_bits = 0;
    if constexpr (has_fifth_bits) {
        fifth_bits = read<std::uint32_t>(block);
        block += 4;
    }
    const auto value = [&](int four_bits, int position) {
        const int top = static_cast<int>(fifth_bits >> position & 1) << 4;
        return scale * static_cast<float>((four_bits | top) - zero) + least;
    };
    for (int i = 0; i < 16; ++i) {
        out[i] = value(block[i] & 15, i);
        out[i + 16] = value(block[i] >> 4, i + 16);
    }
}

/// The scales and the subtracted offsets of the eight groups of 32 in a Q4_K or Q5_K block.
struct GroupScales
{
    std::array<float, 8> scale;
    std::array<float, 8> offset;
};

/// Both are 6 bits. Bytes 0 to 3 hold the first four scales and 4 to 7 the first four offsets, in
/// the low 6 bits; the other four scales and offsets have their low 4 bits in the halves of bytes
/// 8 to 11 and their top 2 bits above the first four.
GroupScales read_group_scales(Bytes block)
{
    const float scale = read_half(block);
    const float offset = read_half(block + 2);
    const Bytes packed = block + 4;
    GroupScales groups = {};
    for (std::size_t i = 0; i < 4; ++i) {
        const int first_scale = packed[i] & 63;
        const int first_offset = packed[i + 4] & 63;
        const int second_scale = (packed[i + 8] & 15) | packed[i] >> 6 << 4;
        const int second_offset = packed[i + 8] >> 4 | packed[i + 4] >> 6 << 4;
        groups.scale[i] = scale * static_cast<float>(first_scale);
        groups.offset[i] = offset * static_cast<float>(first_offset);
        groups.scale[i + 4] = scale * static_cast<float>(second_scale);
        groups.offset[i + 4] = offset * static_cast<float>(second_offset);
    }
    return groups;
}

/// Group 2i of 32 numbers is in the low halves of 32 bytes, group 2i + 1 in the high ones. Q5_K
/// puts 32 bytes before them: bit g of byte i is the fifth bit of number i of group g.
template <bool has_fifth_bits>
void decode_k_block(Bytes block, float* out)
{
    const GroupScales groups = read_group_scales(block);
    const Bytes fifth_bits = block + 16;
    const Bytes numbers = has_fifth_bits ? fifth_bits + 32 : fifth_bits;
    for (std::size_t group = 0; group < 8; ++group) {
        const Bytes bytes = numbers + group / 2 * 32;
        for (std::size_t i = 0; i < 32; ++i) {
            int number = group % 2 == 0 ? bytes[i] & 15 : bytes[i] >> 4;
            if constexpr (has_fifth_bits)
                number |= (fifth_bits[i] >> group & 1) << 4;
            out[group * 32 + i]
                = groups.scale[group] * static_cast<float>(number) - groups.offset[group];
        }
    }
}

/// What the four bits of IQ4_NL and IQ4_XS stand for, and those of MXFP4 (OCP's E2M1, doubled).
constexpr std::array<std::int8_t, 16> uneven_steps
    = { -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113 };
constexpr std::array<std::int8_t, 16> doubled_e2m1
    = { 0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12 };

/// 32 numbers that are looked up: 0 to 15 in the low halves of 16 bytes, 16 to 31 in the high ones.
void look_up(Bytes bytes, const std::array<std::int8_t, 16>& values, float scale, float* out)
{
    for (int i = 0; i < 16; ++i) {
        out[i] = scale * static_cast<float>(values[bytes[i] & 15]);
        out[i + 16] = scale * static_cast<float>(values[bytes[i] >> 4]);
    }
}

/// Of Q2_K and Q3_K: number `n` of 256 has two bits in 64 bytes. Each half of 128 numbers has 32
/// bytes, and of these a run of 32 numbers has two bits each, from the lowest on.
int two_bits(Bytes bytes, std::size_t n)
{
    return bytes[n / 128 * 32 + n % 32] >> n / 32 % 4 * 2 & 3;
}

} // namespace

void decode_q8_0(Bytes block, float* out)
{
    const float scale = read_half(block);
    for (int i = 0; i < 32; ++i)
        out[i] = scale * static_cast<float>(static_cast<std::int8_t>(block[2 + i]));
}

void decode_q4_0(Bytes block, float* out)
{
    decode_small_block<false, false>(block, out);
}

void decode_q4_1(Bytes block, float* out)
{
    decode_small_block<true, false>(block, out);
}

void decode_q5_0(Bytes block, float* out)
{
    decode_small_block<false, true>(block, out);
}

void decode_q5_1(Bytes block, float* out)
{
    decode_small_block<true, true>(block, out);
}

/// Sixteen numbers share a byte of four bits of scale and four of offset. Then come the numbers,
/// the scale of the scales and that of the offsets.
void decode_q2_k(Bytes block, float* out)
{
    const Bytes numbers = block + 16;
    const float scale = read_half(block + 80);
    const float offset = read_half(block + 82);
    for (std::size_t n = 0; n < 256; ++n) {
        const int group = block[n / 16];
        out[n] = scale * static_cast<float>(group & 15) * static_cast<float>(two_bits(numbers, n))
            - offset * static_cast<float>(group >> 4);
    }
}

/// 32 bytes of which bit r is the third bit of run r of 32 numbers, set where 4 is not subtracted;
/// the two low bits; sixteen scales of six bits, one for sixteen numbers each; their scale. Scales
/// 0 to 7 have their low four bits in the low halves of eight bytes and 8 to 15 in the high ones;
/// scale i has its top two at bit i / 4 * 2 of byte i % 4 of four more.
void decode_q3_k(Bytes block, float* out)
{
    const Bytes numbers = block + 32;
    const Bytes scales = block + 96;
    const float scale = read_half(block + 108);
    for (std::size_t n = 0; n < 256; ++n) {
        const std::size_t group = n / 16;
        const int low = scales[group % 8] >> group / 8 * 4 & 15;
        const int top = scales[8 + group % 4] >> group / 4 * 2 & 3;
        const int third_bit = block[n % 32] >> n / 32 & 1;
        out[n] = scale * static_cast<float>((low | top << 4) - 32)
            * static_cast<float>(two_bits(numbers, n) - (1 - third_bit) * 4);
    }
}

void decode_q4_k(Bytes block, float* out)
{
    decode_k_block<false>(block, out);
}

void decode_q5_k(Bytes block, float* out)
{
    decode_k_block<true>(block, out);
}

/// Two halves of 128 numbers, each four runs of 32. Of a half, 64 bytes hold the low four bits
/// (runs 0 and 1 in the low halves, 2 and 3 in the high ones) and 32 bytes the top two bits (run r
/// at bit 2r). Sixteen numbers share an 8-bit scale; the scale of those comes last.
void decode_q6_k(Bytes block, float* out)
{
    const float scale = read_half(block + 208);
    for (std::size_t n = 0; n < 256; ++n) {
        const std::size_t half = n / 128;
        const std::size_t run = n / 32 % 4;
        const std::size_t i = n % 32;
        const int low_byte = block[half * 64 + run % 2 * 32 + i];
        const int low = run < 2 ? low_byte & 15 : low_byte >> 4;
        const int top = block[128 + half * 32 + i] >> 2 * run & 3;
        const auto group_scale = static_cast<std::int8_t>(block[192 + n / 16]);
        out[n]
            = scale * static_cast<float>(group_scale) * static_cast<float>((low | top << 4) - 32);
    }
}

void decode_iq4_nl(Bytes block, float* out)
{
    look_up(block + 2, uneven_steps, read_half(block), out);
}

/// Eight groups of 32 with a scale of six bits each: the low four in halves of four bytes, the top
/// two in a number of 16 bits before them.
void decode_iq4_xs(Bytes block, float* out)
{
    const float scale = read_half(block);
    const int top_bits = read<std::uint16_t>(block + 2);
    for (std::size_t group = 0; group < 8; ++group) {
        const int low = block[4 + group / 2] >> group % 2 * 4 & 15;
        const int top = top_bits >> group * 2 & 3;
        look_up(block + 8 + group * 16, uneven_steps,
            scale * static_cast<float>((low | top << 4) - 32), out + group * 32);
    }
}

/// The scale is a power of two, OCP's E8M0 with a bias of 127, halved since the numbers are doubled.
void decode_mxfp4(Bytes block, float* out)
{
    look_up(block + 1, doubled_e2m1, std::ldexp(1.0F, int{ block[0] } - 128), out);
}

} // namespace circuitloom
