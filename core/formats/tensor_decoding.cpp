#include "core/formats/tensor_decoding.h"

#include "core/formats/half_precision.h"
#include "core/formats/quantised_blocks.h"

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

constexpr std::array<Described, 21> element_types = { {
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
    { ElementType::q2_k, "Q2_K", { 256, 84 } },
    { ElementType::q3_k, "Q3_K", { 256, 110 } },
    { ElementType::q4_k, "Q4_K", { 256, 144 } },
    { ElementType::q5_k, "Q5_K", { 256, 176 } },
    { ElementType::q6_k, "Q6_K", { 256, 210 } },
    { ElementType::iq4_nl, "IQ4_NL", { 32, 18 } },
    { ElementType::iq4_xs, "IQ4_XS", { 256, 136 } },
    { ElementType::mxfp4, "MXFP4", { 32, 17 } },
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
        decode_blocks<1, 2>(first, out, [](Bytes bytes, float* to) { *to = half_to_float(read<std::uint16_t>(bytes)); });
        break;
    case ElementType::bf16:
        decode_blocks<1, 2>(first, out, [](Bytes bytes, float* to) { *to = read_bfloat(bytes); });
        break;
    case ElementType::q8_0:
        decode_blocks<32, 34>(first, out, decode_q8_0);
        break;
    case ElementType::q4_0:
        decode_blocks<32, 18>(first, out, decode_q4_0);
        break;
    case ElementType::q4_1:
        decode_blocks<32, 20>(first, out, decode_q4_1);
        break;
    case ElementType::q5_0:
        decode_blocks<32, 22>(first, out, decode_q5_0);
        break;
    case ElementType::q5_1:
        decode_blocks<32, 24>(first, out, decode_q5_1);
        break;
    case ElementType::q2_k:
        decode_blocks<256, 84>(first, out, decode_q2_k);
        break;
    case ElementType::q3_k:
        decode_blocks<256, 110>(first, out, decode_q3_k);
        break;
    case ElementType::q4_k:
        decode_blocks<256, 144>(first, out, decode_q4_k);
        break;
    case ElementType::q5_k:
        decode_blocks<256, 176>(first, out, decode_q5_k);
        break;
    case ElementType::q6_k:
        decode_blocks<256, 210>(first, out, decode_q6_k);
        break;
    case ElementType::iq4_nl:
        decode_blocks<32, 18>(first, out, decode_iq4_nl);
        break;
    case ElementType::iq4_xs:
        decode_blocks<256, 136>(first, out, decode_iq4_xs);
        break;
    case ElementType::mxfp4:
        decode_blocks<32, 17>(first, out, decode_mxfp4);
        break;
    case ElementType::i64:
    case ElementType::i32:
    case ElementType::u8:
    case ElementType::boolean:
        break;
    }
}

} // namespace circuitloom
