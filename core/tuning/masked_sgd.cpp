#include "core/tuning/masked_sgd.h"

#include <algorithm>

namespace circuitloom {

namespace {

/// On a CPU the four passes of an update are made over stretches that stay in its cache.
constexpr std::int64_t entries_at_once = std::int64_t{ 1 } << 17;

} // namespace

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
    for (std::size_t i = 0; i < mask.slices().size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        torch::Tensor& tensor = *all[slice.parameter];
        torch::Tensor& momentum = momentum_[slice.parameter];
        if (!momentum.defined())
            momentum = torch::zeros_like(tensor);
        const auto weight = tensor.narrow(slice.dimension, slice.start, slice.length);
        const auto velocity = momentum.narrow(slice.dimension, slice.start, slice.length);

        const auto rows = weight.size(0);
        const auto stretch = weight.is_cpu() ? std::max<std::int64_t>(1,
                                 entries_at_once * rows / std::max<std::int64_t>(1, weight.numel()))
                                             : rows;
        for (std::int64_t first = 0; first < rows; first += stretch) {
            const auto count = std::min(stretch, rows - first);
            auto w = weight.narrow(0, first, count);
            auto v = velocity.narrow(0, first, count);
            v.mul_(settings_.momentum).add_(w, settings_.weight_decay);
            if (gradients[i].defined())
                v.add_(gradients[i].narrow(0, first, count));
            w.add_(v, -learning_rate);
        }
    }
}

void MaskedSgd::save(TrainingState& state, const OpenedEntries& opened) const
{
    for (std::size_t i = 0; i < momentum_.size(); ++i)
        opened.save(state, "optimizer.momentum", i, momentum_[i]);
}

void MaskedSgd::restore(
    const TrainingState& state, const OpenedEntries& opened, const Weights& weights)
{
    const auto all = weights.all();
    for (std::size_t i = 0; i < momentum_.size(); ++i) {
        momentum_[i] = torch::Tensor();
        if (!opened.has(state, "optimizer.momentum", i))
            continue;
        momentum_[i] = torch::zeros_like(*all[i]);
        opened.restore(state, "optimizer.momentum", i, momentum_[i]);
    }
}

} // namespace circuitloom
