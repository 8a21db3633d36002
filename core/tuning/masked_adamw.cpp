#include "core/tuning/masked_adamw.h"

#include "core/base/error.h"

#include <string>

namespace circuitloom {

namespace {

// 1 − βᵗ for every t.
torch::Tensor correction(double beta, const torch::Tensor& steps)
{
    return 1 - torch::pow(beta, steps);
}

std::string steps_name(std::size_t parameter)
{
    return "optimizer.steps." + std::to_string(parameter);
}

} // namespace

void MaskedAdamW::reserve(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask)
{
    const torch::NoGradGuard no_grad;
    for (const ParameterSlice& slice : mask.slices())
        memory_.reserve(*tensors[slice.parameter], slice);
}

torch::Tensor MaskedAdamW::count_step(const torch::Tensor& tensor, const ParameterSlice& slice,
    const OptimizerMemory::Entries& entries)
{
    if (slice.entries.is_defined())
        return entries.kept[2].add_(1).to(torch::kFloat64);
    torch::Tensor& all_steps = steps_[slice.parameter];
    if (!all_steps.defined())
        all_steps = torch::zeros({ tensor.size(slice.dimension) },
            tensor.options().dtype(torch::kFloat64).requires_grad(false));
    return all_steps.narrow(0, slice.start, slice.length).add_(1);
}

void MaskedAdamW::step(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask,
    const std::vector<torch::Tensor>& gradients, double learning_rate)
{
    const torch::NoGradGuard no_grad;
    steps_.resize(tensors.size());
    for (std::size_t i = 0; i < mask.slices().size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        torch::Tensor& tensor = *tensors[slice.parameter];
        const auto entries = memory_.open(tensor, slice);
        const auto steps = count_step(tensor, slice, entries);
        std::vector<std::int64_t> shape(slice_shape(slice, tensor).size(), 1);
        shape[static_cast<std::size_t>(slice.dimension)] = steps.size(0);
        const auto spread = [&](const torch::Tensor& values) {
            return values.to(entries.weight.scalar_type()).view(shape);
        };
        const auto rate = spread(learning_rate / correction(settings_.beta1, steps));
        const auto root = spread(correction(settings_.beta2, steps).sqrt());
        for_each_stretch(entries.weight, [&](std::int64_t first, std::int64_t count) {
            const auto rows = [&](const torch::Tensor& x) {
                return x.size(0) == 1 && slice.dimension != 0 ? x : x.narrow(0, first, count);
            };
            auto w = entries.weight.narrow(0, first, count);
            auto m = entries.kept[0].narrow(0, first, count);
            auto v = entries.kept[1].narrow(0, first, count);
            m.mul_(settings_.beta1);
            v.mul_(settings_.beta2);
            if (gradients[i].defined()) {
                const auto g = gradients[i].narrow(0, first, count).to(w.scalar_type());
                m.add_(g, 1 - settings_.beta1);
                v.addcmul_(g, g, 1 - settings_.beta2);
            }
            w.mul_(1 - learning_rate * settings_.weight_decay);
            w.sub_(m * rows(rate) / (v.sqrt().div_(rows(root)).add_(settings_.epsilon)));
        });
        memory_.write_back(tensor, slice, entries);
    }
}

void MaskedAdamW::save(TrainingState& state) const
{
    memory_.save(state);
    for (std::size_t i = 0; i < steps_.size(); ++i)
        if (steps_[i].defined())
            state.tensors[steps_name(i)] = steps_[i];
}

void MaskedAdamW::restore(const TrainingState& state, const OpenedEntries& opened,
    const std::vector<torch::Tensor*>& tensors)
{
    memory_.restore(state, opened, tensors);
    steps_.assign(tensors.size(), {});
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (!memory_.remembers_slices(i))
            continue;
        steps_[i] = state.tensor(steps_name(i)).to(tensors[i]->device(), torch::kFloat64).clone();
        if (steps_[i].dim() != 1 || steps_[i].size(0) != tensors[i]->size(opened.dimension(i)))
            throw ResourceError("The checkpoint does not fit the model: its counts of steps are "
                                "not of the shape of the weights.");
    }
}

} // namespace circuitloom
