#include "core/tuning/masked_sgd.h"

namespace circuitloom {

void MaskedSgd::reserve(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask)
{
    const torch::NoGradGuard no_grad;
    for (const ParameterSlice& slice : mask.slices())
        memory_.reserve(*tensors[slice.parameter], slice);
}

void MaskedSgd::step(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask,
    const std::vector<torch::Tensor>& gradients, double learning_rate)
{
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < mask.slices().size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        torch::Tensor& tensor = *tensors[slice.parameter];
        const auto entries = memory_.open(tensor, slice);
        for_each_stretch(entries.weight, [&](std::int64_t first, std::int64_t count) {
            auto w = entries.weight.narrow(0, first, count);
            auto v = entries.kept[0].narrow(0, first, count);
            v.mul_(settings_.momentum).add_(w, settings_.weight_decay);
            if (gradients[i].defined())
                v.add_(gradients[i].narrow(0, first, count));
            w.add_(v, -learning_rate);
        });
        memory_.write_back(tensor, slice, entries);
    }
}

void MaskedSgd::save(TrainingState& state) const
{
    memory_.save(state);
}

void MaskedSgd::restore(const TrainingState& state, const OpenedEntries& opened,
    const std::vector<torch::Tensor*>& tensors)
{
    memory_.restore(state, opened, tensors);
}

} // namespace circuitloom
