#include "core/run/memory_estimate.h"
#include "core/run/tuning_methods.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace circuitloom {

namespace {

/// Entries that the nodes of one side of the graph open, the largest first.
std::vector<std::int64_t> openings(
    const ModelConfig& model, const ComputationalGraph& graph, bool upstream)
{
    const std::int64_t of_head = std::int64_t{ model.d_model } * model.head_dim;
    const std::int64_t of_neuron = std::int64_t{ model.d_model } * (model.gated_mlp && !upstream ? 2 : 1);
    std::vector<std::int64_t> entries;
    for (const Node& node : graph.nodes()) {
        if (is_upstream(node.kind) != upstream)
            continue;
        switch (node.kind) {
        case NodeKind::head:
        case NodeKind::query:
        case NodeKind::key:
        case NodeKind::value:
            entries.push_back(of_head);
            break;
        case NodeKind::mlp:
        case NodeKind::mlp_in:
            entries.push_back(of_neuron * model.mlp_width);
            break;
        case NodeKind::mlp_group:
        case NodeKind::mlp_group_in:
            entries.push_back(of_neuron * graph.group_range(node.index).count);
            break;
        case NodeKind::input:
        case NodeKind::logits:
            break;
        }
    }
    std::ranges::sort(entries, std::greater<>());
    return entries;
}

} // namespace

double most_opened_at_once(
    const RunConfig& config, const ModelConfig& model, const ComputationalGraph& graph)
{
    if (tuning_method_info(config.method).part == TunedPart::entries)
        return config.mask_share;
    if (config.selection.rule != SelectionRule::top_n || config.random_ratio > 0)
        return 1;
    const auto edges = static_cast<std::size_t>(std::max(config.selection.n,
        config.top_n_schedule == Schedule::constant ? 0 : config.top_n_start));
    std::int64_t open = 0;
    std::int64_t all = 0;
    for (const bool upstream : { true, false }) {
        const std::vector<std::int64_t> entries = openings(model, graph, upstream);
        const auto reached = entries.begin()
            + static_cast<std::ptrdiff_t>(std::min(edges, entries.size()));
        open += std::accumulate(entries.begin(), reached, std::int64_t{ 0 });
        all += std::accumulate(entries.begin(), entries.end(), std::int64_t{ 0 });
    }
    return all > 0 ? static_cast<double>(open) / static_cast<double>(all) : 1;
}

} // namespace circuitloom
