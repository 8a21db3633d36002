#include "core/tuning/run_drift.h"

#include "core/analysis/components.h"
#include "core/model/transformer.h"
#include "core/tuning/part_drift.h"
#include "core/tuning/tuned_model.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <optional>

namespace circuitloom {

namespace {

/// What reads or writes with it; nothing for what is no node's alone.
std::optional<ComponentId> component_of(
    const ParameterPart& part, const ComputationalGraph& graph, const Components& components)
{
    using enum ParameterPart::Kind;
    if (part.kind == embedding || part.kind == unembedding || part.kind == shared)
        return std::nullopt;
    return components.of(nodes_with(graph, part).front());
}

} // namespace

std::vector<NodeDrift> node_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after)
{
    const ComputationalGraph full(
        graph.shape(), { GraphKind::full, graph.options().mlp_group_size });
    const Components components(full);
    std::map<ComponentId, ParameterDrift> of_components;
    for (const PartDrift& part : part_drift(full, before, after))
        if (const auto component = component_of(part.part, full, components))
            of_components[*component] += part.drift;
    std::vector<NodeDrift> found;
    for (const auto& [component, drift] : of_components)
        found.push_back({ components.name(component), drift });
    return found;
}

ParameterDrift whole_drift(const Transformer& before, const Transformer& after)
{
    const auto from = before.weights().all();
    const auto to = after.weights().all();
    ParameterDrift drift;
    for (std::size_t i = 0; i < from.size(); ++i)
        add_tensor(drift, *from[i], *to[i]);
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
