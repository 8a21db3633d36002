#include "core/model/host_copy.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace circuitloom {

torch::Tensor packed(const std::vector<torch::Tensor>& tensors)
{
    std::vector<torch::Tensor> bytes;
    for (const torch::Tensor& tensor : tensors)
        bytes.push_back(tensor.detach().contiguous().reshape({ -1 }).view(torch::kUInt8));
    return torch::cat(bytes);
}

std::vector<torch::Tensor> unpacked(
    const torch::Tensor& bytes, const std::vector<torch::Tensor>& like)
{
    const auto held = bytes.to(torch::kCPU).contiguous();
    const auto* from = held.data_ptr<std::uint8_t>();
    std::vector<torch::Tensor> found;
    for (const torch::Tensor& tensor : like) {
        found.push_back(torch::empty(tensor.sizes(), tensor.scalar_type()));
        const std::size_t size = found.back().nbytes();
        if (size > 0) // a tensor without entries has no address
            std::memcpy(found.back().data_ptr(), from, size);
        from += size;
    }
    return found;
}

std::vector<torch::Tensor> on_host(const std::vector<torch::Tensor>& tensors)
{
    const bool here = std::ranges::all_of(
        tensors, [](const torch::Tensor& tensor) { return tensor.is_cpu(); });
    return here ? tensors : unpacked(packed(tensors), tensors);
}

} // namespace circuitloom
