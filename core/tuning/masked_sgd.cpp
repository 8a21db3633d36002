#include "core/tuning/masked_sgd.h"

#include <algorithm>

namespace circuitloom {

MaskedSgd::MaskedSgd(const Weights& weights, const SgdSettings& settings)
    : settings_(settings)
    , momentum_(weights.all().size())
{
}

void MaskedSgd::step(Weights& weights, const ParameterMask& mask,
    const std::vector<torch::Tensor>& gradients, double learning_rate)
{
    const torch::NoGradGuard no_grad;
    const auto all = weights.all();
    const auto open = mask.open_parameters();
    for (const ParameterSlice& slice : mask.slices()) {
        torch::Tensor& tensor = *all[slice.parameter];
        torch::Tensor& momentum = momentum_[slice.parameter];
        if (!momentum.defined())
            momentum = torch::zeros_like(tensor);
        const auto found = std::ranges::lower_bound(open, slice.parameter);
        const auto& gradient = gradients[static_cast<std::size_t>(found - open.begin())];

        auto weight = tensor.narrow(slice.dimension, slice.start, slice.length);
        auto velocity = momentum.narrow(slice.dimension, slice.start, slice.length);
        velocity.mul_(settings_.momentum).add_(weight, settings_.weight_decay);
        if (gradient.defined())
            velocity.add_(gradient.narrow(slice.dimension, slice.start, slice.length));
        weight.add_(velocity, -learning_rate);
    }
}

} // namespace circuitloom
