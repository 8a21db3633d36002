#include "core/formats/tensor_decoding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace circuitloom {

static_assert(std::endian::native == std::endian::little,
    "weights are stored little-endian and are read in place");

namespace {

struct Described
{
    ElementType type;
    std::string_view name;
    BlockSize block;
};

constexpr std::array<Described, 16> element_types = { {
    { ElementType::f64, "F64", { 1, 8 } },
    { ElementType::f32, "F32", { 1, 4 } },
    { ElementType::f16, "F16", { 1, 2 } },
    { ElementType::bf16, "BF16", { 1, 2 } },
    { ElementType::i64, "I64", { 1, 8 } },
    { ElementType::i32, "I32", { 1, 4 } },
    { ElementType::u8, "U8", { 1, 1 } },
    { ElementType::boolean, "BOOL", { 1, 1 } },
    { ElementType::q8_0, "Q8_0", { 32, 34 } },
    { ElementType::q4_0, "Q4_0", { 32, 18 } },
    { ElementType::q4_1, "Q4_1", { 32, 20 } },
    { ElementType::q5_0, "Q5_0", { 32, 22 } },
    { ElementType::q5_1, "Q5_1", { 32, 24 } },
    { ElementType::q4_k, "Q4_K", { 256, 144 } },
    { ElementType::q5_k, "Q5_K", { 256, 176 } },
    { ElementType::q6_k, "Q6_K", { 256, 210 } },
} };

const Described& described(ElementType type)
{
    return *std::ranges::find(element_types, type, &Described::type);
}

using Bytes = const std::uint8_t*;

template <class Number>
Number read(Bytes bytes)
{
    Number number;
    std::memcpy(&number, bytes, sizeof number);
    return number;
}

float read_bfloat(Bytes bytes)
{
    return std::bit_cast<float>(std::uint32_t{ read<std::uint16_t>(bytes) } << 16);
}

/// IEEE 754 binary16.
float read_half(Bytes bytes)
{
    const std::uint32_t half = read<std::uint16_t>(bytes);
    const std::uint32_t magnitude = (half & 0x7FFF) << 13; // the mantissa where a float has it
    const std::uint32_t sign = (half & 0x8000) << 16;
    if ((half & 0x7C00) == 0x7C00) // infinite, or no number
        return std::bit_cast<float>(sign | 0x7F800000 | magnitude);
    // The exponents' biases, 127 and 15, differ by 112; subnormal numbers come out right as well.
    return std::bit_cast<float>(
        sign | std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112F));
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

void decode_q8_0(Bytes block, float* out)
{
    const float scale = read_half(block);
    for (int i = 0; i < 32; ++i)
        out[i] = scale * static_cast<float>(static_cast<std::int8_t>(block[2 + i]));
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

/// Calls `decode(block, out)` for each block of so many elements and bytes.
template <std::int64_t elements, std::size_t bytes, class Decode>
void decode_blocks(Bytes first, std::span<float> out, Decode decode)
{
    for (std::size_t done = 0; done < out.size(); done += elements, first += bytes)
        decode(first, out.data() + done);
}

} // namespace

BlockSize block_size(ElementType type)
{
    return described(type).block;
}

std::string_view element_type_name(ElementType type)
{
    return described(type).name;
}

bool is_decodable(ElementType type)
{
    return type != ElementType::i64 && type != ElementType::i32 && type != ElementType::u8
        && type != ElementType::boolean;
}

void decode_to_float(const TensorView& tensor, std::int64_t first_element, std::span<float> out)
{
    const BlockSize block = block_size(tensor.type);
    const Bytes first = reinterpret_cast<Bytes>(tensor.bytes.data())
        + static_cast<std::size_t>(first_element / block.elements) * block.bytes;
    switch (tensor.type) {
    case ElementType::f64:
        decode_blocks<1, 8>(first, out,
            [](Bytes bytes, float* to) { *to = static_cast<float>(read<double>(bytes)); });
        break;
    case ElementType::f32:
        if (!out.empty())
            std::memcpy(out.data(), first, out.size_bytes());
        break;
    case ElementType::f16:
        decode_blocks<1, 2>(first, out, [](Bytes bytes, float* to) { *to = read_half(bytes); });
        break;
    case ElementType::bf16:
        decode_blocks<1, 2>(first, out, [](Bytes bytes, float* to) { *to = read_bfloat(bytes); });
        break;
    case ElementType::q8_0:
        decode_blocks<32, 34>(first, out, decode_q8_0);
        break;
    case ElementType::q4_0:
        decode_blocks<32, 18>(first, out, decode_small_block<false, false>);
        break;
    case ElementType::q4_1:
        decode_blocks<32, 20>(first, out, decode_small_block<true, false>);
        break;
    case ElementType::q5_0:
        decode_blocks<32, 22>(first, out, decode_small_block<false, true>);
        break;
    case ElementType::q5_1:
        decode_blocks<32, 24>(first, out, decode_small_block<true, true>);
        break;
    case ElementType::q4_k:
        decode_blocks<256, 144>(first, out, decode_k_block<false>);
        break;
    case ElementType::q5_k:
        decode_blocks<256, 176>(first, out, decode_k_block<true>);
        break;
    case ElementType::q6_k:
        decode_blocks<256, 210>(first, out, decode_q6_k);
        break;
    case ElementType::i64:
    case ElementType::i32:
    case ElementType::u8:
    case ElementType::boolean:
        break;
    }
}

} // namespace circuitloom
