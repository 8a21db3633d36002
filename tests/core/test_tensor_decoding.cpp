#include "core/formats/tensor_decoding.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

const std::vector<ElementType> quantised
    = { ElementType::q8_0, ElementType::q4_0, ElementType::q4_1, ElementType::q5_0,
          ElementType::q5_1, ElementType::q2_k, ElementType::q3_k, ElementType::q4_k,
          ElementType::q5_k, ElementType::q6_k, ElementType::iq4_nl, ElementType::iq4_xs,
          ElementType::mxfp4 };

std::vector<std::byte> from_hex(const std::string& hex)
{
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return bytes;
}

struct Example
{
    std::vector<std::byte> blocks;
    std::vector<float> floats;
};

/// Random blocks and what llama.cpp's Python library makes of them
/// (tests/support/make_gguf_data.py).
Example example(ElementType type)
{
    std::ifstream file(std::string(CIRCUITLOOM_TEST_DATA) + "/gguf/blocks.json");
    const auto entry = nlohmann::json::parse(file).at(std::string(element_type_name(type)));
    Example result;
    result.blocks = from_hex(entry.at("blocks").get<std::string>());
    const std::vector<std::byte> floats = from_hex(entry.at("floats").get<std::string>());
    result.floats.resize(floats.size() / sizeof(float));
    std::memcpy(result.floats.data(), floats.data(), floats.size());
    return result;
}

std::vector<float> decoded(
    ElementType type, const std::vector<std::byte>& bytes, std::int64_t first, std::size_t count)
{
    TensorView tensor;
    tensor.type = type;
    tensor.bytes = bytes;
    std::vector<float> out(count);
    decode_to_float(tensor, first, out);
    return out;
}

/// Of each block's largest number. Not 0, because compilers may fuse a product and a sum.
double largest_error(
    const std::vector<float>& found, const std::vector<float>& expected, std::size_t block)
{
    double largest = 0;
    for (std::size_t first = 0; first < expected.size(); first += block) {
        double greatest = 0;
        double error = 0;
        for (std::size_t i = first; i < first + block; ++i) {
            greatest = std::max(greatest, std::abs(double{ expected[i] }));
            error = std::max(error, std::abs(double{ found[i] } - double{ expected[i] }));
        }
        largest = std::max(largest, error / greatest);
    }
    return largest;
}

/// The value of a number in binary16 by the definition.
double half_value(unsigned bits)
{
    const int exponent = static_cast<int>(bits >> 10 & 31);
    const int mantissa = static_cast<int>(bits & 1023);
    const double sign = bits >> 15 ? -1 : 1;
    if (exponent == 31)
        return mantissa == 0 ? sign * INFINITY : NAN;
    return sign
        * (exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(mantissa + 1024, exponent - 25));
}

} // namespace

TEST_CASE("quantised blocks decode to what llama.cpp's library makes of them")
{
    for (const ElementType type : quantised) {
        CAPTURE(element_type_name(type));
        const Example wanted = example(type);
        const BlockSize block = block_size(type);
        REQUIRE(wanted.floats.size() > 0);
        REQUIRE(wanted.blocks.size() / block.bytes * static_cast<std::size_t>(block.elements)
            == wanted.floats.size());
        CHECK(largest_error(decoded(type, wanted.blocks, 0, wanted.floats.size()), wanted.floats,
                  static_cast<std::size_t>(block.elements))
            < 1e-6);
    }
}

TEST_CASE("decoding may begin at any block")
{
    for (const ElementType type : quantised) {
        CAPTURE(element_type_name(type));
        const Example wanted = example(type);
        const auto block = static_cast<std::size_t>(block_size(type).elements);
        const std::vector<float> whole = decoded(type, wanted.blocks, 0, wanted.floats.size());
        const std::vector<float> second
            = decoded(type, wanted.blocks, static_cast<std::int64_t>(block), block);
        CHECK(std::equal(second.begin(), second.end(), whole.begin() + static_cast<long>(block)));
    }
}

TEST_CASE("every half-precision number is exact")
{
    std::vector<std::byte> bytes(2 * 65536);
    for (unsigned bits = 0; bits < 65536; ++bits) {
        bytes[2 * bits] = static_cast<std::byte>(bits & 255);
        bytes[2 * bits + 1] = static_cast<std::byte>(bits >> 8);
    }
    const std::vector<float> found = decoded(ElementType::f16, bytes, 0, 65536);
    int wrong = 0;
    for (unsigned bits = 0; bits < 65536; ++bits) {
        const double expected = half_value(bits);
        wrong += std::isnan(expected)
            ? !std::isnan(found[bits])
            : double{ found[bits] } != expected || std::signbit(found[bits]) != (bits >= 32768);
    }
    CHECK(wrong == 0);
}

TEST_CASE("plain numbers of every width")
{
    for (const ElementType type : { ElementType::f16, ElementType::bf16 }) {
        const Example wanted = example(type);
        CHECK(decoded(type, wanted.blocks, 0, wanted.floats.size()) == wanted.floats);
    }
    const std::vector<double> doubles = { 1.5, -2e-3, 7 };
    std::vector<std::byte> bytes(sizeof(double) * doubles.size());
    std::memcpy(bytes.data(), doubles.data(), bytes.size());
    CHECK(decoded(ElementType::f64, bytes, 1, 2) == std::vector<float>{ -2e-3F, 7 });
    const std::vector<float> floats = { 1.5, -2e-3F, 7 };
    bytes.resize(sizeof(float) * floats.size());
    std::memcpy(bytes.data(), floats.data(), bytes.size());
    CHECK(decoded(ElementType::f32, bytes, 1, 2) == std::vector<float>{ -2e-3F, 7 });
    CHECK(decoded(ElementType::f32, {}, 0, 0).empty());
}

TEST_CASE("rows that lie elsewhere are found")
{
    // Two heads of four rows: each head's halves interleaved.
    const RowOrder rotary = { 2, 2, 2, 1 };
    const std::vector<std::int64_t> interleaved = { 0, 2, 1, 3, 4, 6, 5, 7 };
    // Two heads with q, k and v of two rows each, stored all q first.
    const RowOrder split = { 1, 2, 3, 2 };
    const std::vector<std::int64_t> by_part = { 0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11 };
    for (std::int64_t row = 0; row < 8; ++row)
        CHECK(rotary.stored_row(row) == interleaved[static_cast<std::size_t>(row)]);
    for (std::int64_t row = 0; row < 12; ++row)
        CHECK(split.stored_row(row) == by_part[static_cast<std::size_t>(row)]);
    CHECK(RowOrder{}.is_usual());
    CHECK_FALSE(rotary.is_usual());
}
