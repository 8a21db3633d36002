#include "core/graph/liveness.h"

#include "core/graph/circuit_reach.h"

#include <algorithm>
#include <vector>

namespace circuitloom {

Circuit prune_dead(const ComputationalGraph& graph, const Circuit& circuit)
{
    std::vector<EdgeId> edges;
    edges.reserve(circuit.size());
    for (const ScoredEdge& scored : circuit)
        edges.push_back(scored.edge);
    const CircuitReach reach(graph, edges);
    const std::vector<bool> fed = reach.after_input();
    const std::vector<bool> useful = reach.before_logits();
    Circuit alive;
    for (const ScoredEdge& scored : circuit) {
        const auto at = std::ranges::lower_bound(reach.edges(), scored.edge);
        const auto e = static_cast<std::size_t>(at - reach.edges().begin());
        if (fed[e] && useful[e])
            alive.push_back(scored);
    }
    return alive;
}

} // namespace circuitloom
