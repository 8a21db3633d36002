#include "core/analysis/circuit_paths.h"

namespace circuitloom {

std::vector<EdgeId> paths_through(
    const ComputationalGraph& graph, std::span<const EdgeId> edges, const GraphChoice& choice)
{
    const CircuitReach reach(graph, edges);
    const std::vector<bool> from_input = reach.after_input();
    const std::vector<bool> to_logits = reach.before_logits();
    const std::vector<bool> to_choice = reach.before(choice);
    const std::vector<bool> from_choice = reach.after(choice);
    std::vector<bool> chosen(graph.nodes().size(), false);
    for (const NodeId node : choice.nodes)
        chosen[static_cast<std::size_t>(node.value)] = true;

    std::vector<EdgeId> on_paths;
    for (std::size_t e = 0; e < reach.edges().size(); ++e) {
        const Edge& edge = graph.edge(reach.edges()[e]);
        const bool touches = chosen[static_cast<std::size_t>(edge.source.value)]
            || chosen[static_cast<std::size_t>(edge.target.value)];
        if (touches || (to_choice[e] && (from_input[e] || from_choice[e]))
            || (from_choice[e] && to_logits[e]))
            on_paths.push_back(reach.edges()[e]);
    }
    return on_paths;
}

} // namespace circuitloom
