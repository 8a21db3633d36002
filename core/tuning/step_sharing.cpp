#include "core/tuning/step_sharing.h"

#include <cstdint>

namespace circuitloom {

namespace {

// The sum of the numbers' bits, read as whole numbers.
std::uint64_t bit_sum(const torch::Tensor& tensor)
{
    const auto type = tensor.element_size() == 8 ? torch::kInt64
        : tensor.element_size() == 4             ? torch::kInt32
                                                 : torch::kInt16;
    return static_cast<std::uint64_t>(
        tensor.detach().contiguous().view(type).sum(torch::kInt64).item<std::int64_t>());
}

} // namespace

torch::Tensor add_figures(const Ranks& ranks, const torch::Tensor& figures)
{
    return ranks.sum(figures);
}

void add_gradients(const Ranks& ranks, const ParameterMask& mask,
    const std::vector<torch::Tensor*>& tensors, std::vector<torch::Tensor>& gradients)
{
    const auto& slices = mask.slices();
    if (ranks.alone() || slices.empty())
        return;
    // One vector of all entries of the mask, so that the processes speak once.
    gradients.resize(slices.size());
    std::vector<std::vector<std::int64_t>> shapes;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const ParameterSlice& slice = slices[i];
        const torch::Tensor& tensor = *tensors[slice.parameter];
        shapes.push_back(slice_shape(slice, tensor));
        gradients[i] = gradients[i].defined()
            ? gradients[i].reshape({ -1 })
            : torch::zeros({ c10::multiply_integers(shapes.back()) },
                tensor.options().requires_grad(false));
    }
    auto joined = torch::cat(gradients);
    gradients.clear(); // the sum takes room of its own
    const auto whole = ranks.sum(joined);
    std::int64_t first = 0;
    for (const auto& shape : shapes) {
        const std::int64_t entries = c10::multiply_integers(shape);
        gradients.push_back(whole.narrow(0, first, entries).view(shape));
        first += entries;
    }
}

bool have_equal_bits(const Ranks& ranks, std::size_t count,
    const std::function<torch::Tensor(std::size_t index)>& tensor)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum = sum * 6364136223846793005ULL + bit_sum(tensor(i));
    return ranks.all_equal(sum);
}

} // namespace circuitloom
