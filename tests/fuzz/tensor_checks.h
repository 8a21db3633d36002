#pragma once

#include "core/formats/tensor_decoding.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdint>

namespace circuitloom::fuzz {

/// The number of elements of a tensor that must lie in `file` and be as long as its shape says.
inline std::uint64_t checked_elements(const TensorView& tensor, std::span<const std::byte> file)
{
    require(tensor.bytes.data() >= file.data()
            && tensor.bytes.data() + tensor.bytes.size() <= file.data() + file.size(),
        "a tensor lies in the file");
    std::uint64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= static_cast<std::uint64_t>(size);
    const BlockSize block = block_size(tensor.type);
    const std::uint64_t blocks = elements / static_cast<std::uint64_t>(block.elements);
    require(blocks * static_cast<std::uint64_t>(block.elements) == elements
            && blocks * block.bytes == tensor.bytes.size(),
        "a tensor's bytes are as many as its shape says");
    return elements;
}

} // namespace circuitloom::fuzz
