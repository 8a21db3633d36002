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
    q4_k,
    q5_k,
    q6_k
};

/// A tensor that lies in somebody else's memory, row-major, little-endian. Its bytes need not be
/// aligned to the element: copy them, do not cast.
struct TensorView
{
    std::string name;
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
    /// For the query and key rows of a Llama that llama.cpp wrote: the number of heads whose rows
    /// lie pairwise interleaved, (0, d/2, 1, d/2 + 1, …) of the usual order; 0 for the usual order.
    int interleaved_heads = 0;
    std::string file{}; ///< for messages; empty where it lies in none
};

} // namespace circuitloom
