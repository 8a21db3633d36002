#pragma once

#include "core/formats/tensor_view.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace circuitloom {

/// So many elements lie together in so many bytes; plain numbers are blocks of one.
struct BlockSize
{
    std::int64_t elements = 1;
    std::size_t bytes = 0;
};

BlockSize block_size(ElementType type);
/// As safetensors or ggml writes it: `F32`, `Q4_K`.
std::string_view element_type_name(ElementType type);
/// Whether elements of this type are floating-point numbers or stand for some.
bool is_decodable(ElementType type);

/// The elements of `tensor` from `first_element` on, in the order in which its bytes lie, as many
/// as `out` holds. `first_element` and the size of `out` are multiples of the block's elements,
/// and the tensor has that many. The type must be one of is_decodable().
/// Block layouts: ggml's quantised types, https://github.com/ggml-org/ggml (docs and
/// ggml-common.h).
void decode_to_float(const TensorView& tensor, std::int64_t first_element, std::span<float> out);

} // namespace circuitloom
