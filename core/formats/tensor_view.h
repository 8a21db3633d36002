#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// How the elements of a stored tensor are written: plain numbers, or ggml's blocks of quantised
/// ones.
enum class ElementType
{
    f64,
    f32,
    f16,
    bf16,
    i64,
    i32,
    u8,
    boolean,
    q8_0,
    q4_0,
    q4_1,
    q5_0,
    q5_1,
    q2_k,
    q3_k,
    q4_k,
    q5_k,
    q6_k,
    iq4_nl,
    iq4_xs,
    mxfp4
};

/// The order of the rows of a stored matrix, or of a vector's entries, where it is not the one that
/// Hugging Face's transformers has: there row r is [group, outer, inner, run] of an array with
/// these sizes, and here it lies at [group, inner, outer, run].
struct RowOrder
{
    std::int64_t groups = 1;
    std::int64_t outer = 1;
    std::int64_t inner = 1;
    std::int64_t run = 1;

    bool is_usual() const { return outer == 1 || inner == 1; }
    /// Where row `row` of the usual order lies.
    std::int64_t stored_row(std::int64_t row) const
    {
        const std::int64_t place = row % run;
        const std::int64_t in = row / run % inner;
        const std::int64_t out = row / (run * inner) % outer;
        const std::int64_t group = row / (run * inner * outer);
        return ((group * inner + in) * outer + out) * run + place;
    }
};

/// A tensor that lies in somebody else's memory, row-major, little-endian. Its bytes need not be
/// aligned to the element: copy them, do not cast.
struct TensorView
{
    std::string name;
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape; ///< as Hugging Face's transformers has it
    std::span<const std::byte> bytes;
    /// Whether the bytes hold the transposed matrix, as in GPT-2s that llama.cpp wrote.
    bool transposed = false;
    /// Not the usual one in the query and key rows of a Llama that llama.cpp wrote.
    RowOrder row_order = {};
    /// What is to be taken off every number, as off the norms of a Gemma that llama.cpp wrote.
    float too_large_by = 0;
    std::string file = {}; ///< for messages; empty where it lies in none
};

} // namespace circuitloom
