#include "core/tuning/run_drift.h"

#include "core/analysis/components.h"
#include "core/model/transformer.h"
#include "core/tuning/opened_parts.h"
#include "core/tuning/parameter_mask.h"
#include "core/tuning/tuned_model.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

torch::Tensor plain(const torch::Tensor& tensor)
{
    return tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
}

std::span<const float> entries(const torch::Tensor& plain)
{
    return { plain.data_ptr<float>(), static_cast<std::size_t>(plain.numel()) };
}

void add(ParameterDrift& drift, const torch::Tensor& before, const torch::Tensor& after)
{
    const auto from = plain(before);
    const auto to = plain(after);
    drift.add(entries(from), entries(to));
}

bool is_shared(LayerPart part, const ComputationalGraph& graph)
{
    return part == LayerPart::output_bias
        || (part == LayerPart::mlp_out_bias && graph.groups_per_mlp() > 1);
}

} // namespace

std::vector<NodeDrift> node_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after)
{
    const ComputationalGraph full(
        graph.shape(), { GraphKind::full, graph.options().mlp_group_size });
    const Components components(full);
    std::vector<OpenedParts> parts(components.names().size(), nothing_opened(full));
    for (std::size_t i = 0; i < full.nodes().size(); ++i) {
        const NodeId node{ static_cast<std::int32_t>(i) };
        open_node(parts[static_cast<std::size_t>(components.of(node).value)], full.node(node));
    }
    const auto from = before.weights().all();
    const auto to = after.weights().all();
    std::vector<NodeDrift> found;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const ParameterMask mask
            = ParameterMask::of(parts[i], full, before.config(), before.weights());
        if (mask.slices().empty()) // the input, the logits
            continue;
        NodeDrift node{ components.names()[i], {} };
        for (const ParameterSlice& slice : mask.slices()) {
            if (is_shared(slice.place.part, full))
                continue;
            const auto cut = [&slice](const torch::Tensor& tensor) {
                return tensor.narrow(slice.dimension, slice.start, slice.length);
            };
            add(node.drift, cut(*from[slice.parameter]), cut(*to[slice.parameter]));
        }
        found.push_back(std::move(node));
    }
    return found;
}

ParameterDrift whole_drift(const Transformer& before, const Transformer& after)
{
    const auto from = before.weights().all();
    const auto to = after.weights().all();
    ParameterDrift drift;
    for (std::size_t i = 0; i < from.size(); ++i)
        add(drift, *from[i], *to[i]);
    return drift;
}

RunDrift run_drift(const ExperimentReader& reader, RunId run)
{
    const TunedModel tuned = tuned_model(reader, run, std::nullopt);
    const Transformer untouched = tuned.untouched();
    const ComputationalGraph graph(tuned.description.shape, tuned.description.graph);
    RunDrift found{ tuned.checkpoint, whole_drift(untouched, tuned.model),
        node_drift(graph, untouched, tuned.model) };
    // What moved away from zeros moved infinitely far.
    std::ranges::stable_sort(found.nodes, std::greater{}, [](const NodeDrift& node) {
        return node.drift.relative().value_or(std::numeric_limits<double>::infinity());
    });
    return found;
}

} // namespace circuitloom
