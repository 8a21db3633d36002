#include "core/tuning/part_drift.h"

#include "core/tuning/part_slices.h"

#include <cstddef>
#include <span>

namespace circuitloom {

namespace {

template <class Number>
void add_as(ParameterDrift& drift, const torch::Tensor& before, const torch::Tensor& after)
{
    const auto plain = [](const torch::Tensor& tensor) {
        return tensor.detach()
            .to(torch::kCPU, c10::CppTypeToScalarType<Number>::value)
            .contiguous();
    };
    const auto entries = [](const torch::Tensor& of) {
        return std::span<const Number>(of.data_ptr<Number>(), static_cast<std::size_t>(of.numel()));
    };
    const auto from = plain(before);
    const auto to = plain(after);
    drift.add(entries(from), entries(to));
}

} // namespace

void add_tensor(ParameterDrift& drift, const torch::Tensor& before, const torch::Tensor& after)
{
    if (before.scalar_type() == torch::kFloat64 || after.scalar_type() == torch::kFloat64)
        add_as<double>(drift, before, after);
    else
        add_as<float>(drift, before, after);
}

std::vector<PartDrift> part_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after)
{
    // One of kind `paper` lacks nodes whose parameters are looked at all the same.
    const ComputationalGraph full(
        graph.shape(), { GraphKind::full, graph.options().mlp_group_size });
    const auto from = before.weights().all();
    const auto to = after.weights().all();
    std::vector<PartDrift> found;
    for (const ParameterPart& part : parameter_parts(full)) {
        PartDrift one{ part, {} };
        for (const ParameterSlice& slice : slices_of(part, full, before.config(), before.weights()))
            add_tensor(one.drift, cut(*from[slice.parameter], slice),
                cut(*to[slice.parameter], slice));
        found.push_back(one);
    }
    return found;
}

} // namespace circuitloom
