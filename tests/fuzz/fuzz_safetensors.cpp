#include "core/formats/safetensors.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstdint>

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    const std::span<const std::byte> bytes = std::as_bytes(std::span(input));
    const Safetensors file = read_naming_origin([&] { return Safetensors::over(bytes, origin); });
    std::size_t held = 0;
    for (const TensorView& tensor : file.tensors()) {
        std::uint64_t expected = element_size(tensor.type);
        for (const std::int64_t size : tensor.shape)
            expected *= static_cast<std::uint64_t>(size);
        require(tensor.bytes.size() == expected, "a tensor's bytes are as many as its shape says");
        require(tensor.bytes.data() >= bytes.data()
                && tensor.bytes.data() + tensor.bytes.size() <= bytes.data() + bytes.size(),
            "a tensor lies in the file");
        require(file.find(tensor.name) == &tensor, "a tensor is found by its name");
        held += tensor.bytes.size();
    }
    require(held <= bytes.size(), "no byte belongs to two tensors");
}

} // namespace circuitloom::fuzz
