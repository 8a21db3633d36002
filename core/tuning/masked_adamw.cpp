#include "core/tuning/masked_adamw.h"

#include <string>

namespace circuitloom {

namespace {

// 1 − βᵗ for every t.
torch::Tensor correction(double beta, const torch::Tensor& steps)
{
    return 1 - torch::pow(beta, steps);
}

} // namespace

void MaskedAdamW::update(torch::Tensor& tensor, Moments& moments, const ParameterSlice& slice,
    const torch::Tensor& gradient, double learning_rate) const
{
    if (!moments.mean.defined()) {
        moments.mean = torch::zeros_like(tensor);
        moments.square = torch::zeros_like(tensor);
        moments.steps = torch::zeros(
            { tensor.size(slice.dimension) }, tensor.options().dtype(torch::kFloat64));
    }
    const auto part = [&slice](const torch::Tensor& whole) {
        return whole.narrow(slice.dimension, slice.start, slice.length);
    };
    const auto steps = moments.steps.narrow(0, slice.start, slice.length).add_(1);
    std::vector<std::int64_t> shape(static_cast<std::size_t>(tensor.dim()), 1);
    shape[static_cast<std::size_t>(slice.dimension)] = slice.length;
    const auto spread
        = [&](const torch::Tensor& values) { return values.to(tensor.scalar_type()).view(shape); };
    const auto rate = spread(learning_rate / correction(settings_.beta1, steps));
    const auto root = spread(correction(settings_.beta2, steps).sqrt());

    const auto weight = part(tensor);
    const auto mean = part(moments.mean);
    const auto square = part(moments.square);
    for_each_stretch(weight, [&](std::int64_t first, std::int64_t count) {
        const auto rows = [&](const torch::Tensor& x) {
            return x.size(0) == 1 && slice.dimension != 0 ? x : x.narrow(0, first, count);
        };
        auto w = weight.narrow(0, first, count);
        auto m = mean.narrow(0, first, count);
        auto v = square.narrow(0, first, count);
        m.mul_(settings_.beta1);
        v.mul_(settings_.beta2);
        if (gradient.defined()) {
            const auto g = gradient.narrow(0, first, count);
            m.add_(g, 1 - settings_.beta1);
            v.addcmul_(g, g, 1 - settings_.beta2);
        }
        w.mul_(1 - learning_rate * settings_.weight_decay);
        w.sub_(m * rows(rate) / (v.sqrt().div_(rows(root)).add_(settings_.epsilon)));
    });
}

void MaskedAdamW::step(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask,
    const std::vector<torch::Tensor>& gradients, double learning_rate)
{
    const torch::NoGradGuard no_grad;
    moments_.resize(tensors.size());
    for (std::size_t i = 0; i < mask.slices().size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        update(*tensors[slice.parameter], moments_[slice.parameter], slice, gradients[i],
            learning_rate);
    }
}

void MaskedAdamW::save(TrainingState& state, const OpenedEntries& opened) const
{
    for (std::size_t i = 0; i < moments_.size(); ++i) {
        if (!moments_[i].mean.defined())
            continue;
        opened.save(state, "optimizer.mean", i, moments_[i].mean);
        opened.save(state, "optimizer.square", i, moments_[i].square);
        state.tensors["optimizer.steps." + std::to_string(i)] = moments_[i].steps;
    }
}

void MaskedAdamW::restore(const TrainingState& state, const OpenedEntries& opened,
    const std::vector<torch::Tensor*>& tensors)
{
    moments_.assign(tensors.size(), {});
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        Moments& moments = moments_[i];
        moments.mean = opened.restored(state, "optimizer.mean", i, *tensors[i]);
        if (!moments.mean.defined())
            continue;
        moments.square = opened.restored(state, "optimizer.square", i, *tensors[i]);
        const auto& steps = state.tensor("optimizer.steps." + std::to_string(i));
        moments.steps = steps.to(tensors[i]->device(), torch::kFloat64).clone();
    }
}

} // namespace circuitloom
