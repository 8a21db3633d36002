#pragma once

#include "core/formats/tensor_decoding.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdint>

namespace circuitloom::fuzz {

/// The number of elements of a tensor that must be as long as its shape says.
inline std::uint64_t checked_elements(const TensorView& tensor)
{
    std::uint64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        require(size >= 0
                && !__builtin_mul_overflow(elements, static_cast<std::uint64_t>(size), &elements),
            "a shape has as many elements as 64 bits count");
    const BlockSize block = block_size(tensor.type);
    const std::uint64_t blocks = elements / static_cast<std::uint64_t>(block.elements);
    require(blocks * static_cast<std::uint64_t>(block.elements) == elements
            && blocks * block.bytes == tensor.bytes.size(),
        "a tensor's bytes are as many as its shape says");
    return elements;
}

/// Likewise of one that must lie in `file`.
inline std::uint64_t checked_elements(const TensorView& tensor, std::span<const std::byte> file)
{
    require(tensor.bytes.data() >= file.data()
            && tensor.bytes.data() + tensor.bytes.size() <= file.data() + file.size(),
        "a tensor lies in the file");
    return checked_elements(tensor);
}

} // namespace circuitloom::fuzz
