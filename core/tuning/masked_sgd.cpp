#include "core/tuning/masked_sgd.h"

namespace circuitloom {

void MaskedSgd::step(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask,
    const std::vector<torch::Tensor>& gradients, double learning_rate)
{
    const torch::NoGradGuard no_grad;
    momentum_.resize(tensors.size());
    for (std::size_t i = 0; i < mask.slices().size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        torch::Tensor& tensor = *tensors[slice.parameter];
        torch::Tensor& momentum = momentum_[slice.parameter];
        if (!momentum.defined())
            momentum = torch::zeros_like(tensor);
        const auto weight = tensor.narrow(slice.dimension, slice.start, slice.length);
        const auto velocity = momentum.narrow(slice.dimension, slice.start, slice.length);
        for_each_stretch(weight, [&](std::int64_t first, std::int64_t count) {
            auto w = weight.narrow(0, first, count);
            auto v = velocity.narrow(0, first, count);
            v.mul_(settings_.momentum).add_(w, settings_.weight_decay);
            if (gradients[i].defined())
                v.add_(gradients[i].narrow(0, first, count));
            w.add_(v, -learning_rate);
        });
    }
}

void MaskedSgd::save(TrainingState& state, const OpenedEntries& opened) const
{
    for (std::size_t i = 0; i < momentum_.size(); ++i)
        opened.save(state, "optimizer.momentum", i, momentum_[i]);
}

void MaskedSgd::restore(const TrainingState& state, const OpenedEntries& opened,
    const std::vector<torch::Tensor*>& tensors)
{
    momentum_.assign(tensors.size(), {});
    for (std::size_t i = 0; i < tensors.size(); ++i)
        momentum_[i] = opened.restored(state, "optimizer.momentum", i, *tensors[i]);
}

} // namespace circuitloom
