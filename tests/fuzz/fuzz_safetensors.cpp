#include "core/formats/safetensors.h"
#include "tests/fuzz/tensor_checks.h"

namespace circuitloom::fuzz {

void use_as_file(std::string_view input)
{
    const std::span<const std::byte> bytes = std::as_bytes(std::span(input));
    const Safetensors file = read_naming_origin([&] { return Safetensors::over(bytes, origin); });
    std::size_t held = 0;
    for (const TensorView& tensor : file.tensors()) {
        checked_elements(tensor, bytes);
        require(file.find(tensor.name) == &tensor, "a tensor is found by its name");
        held += tensor.bytes.size();
    }
    require(held <= bytes.size(), "no byte belongs to two tensors");
}

} // namespace circuitloom::fuzz
