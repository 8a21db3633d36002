#include "core/analysis/run_edges.h"

#include "core/graph/edge_order.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace circuitloom {

namespace {

constexpr int piece = 128; // iterations read at once

} // namespace

RunEdges edges_of_run(const ExperimentReader& reader, RunId run, int first, int last,
    const ComputationalGraph& graph, const CircuitFilter& filter)
{
    RunEdges found;
    std::unordered_map<EdgeId, double> strength;
    for (int from = first; from <= last; from += piece) {
        const int to = std::min(from + piece - 1, last);
        for (const Circuit& circuit :
            reader.circuits(run, IterationIndex{ from }, IterationIndex{ to }))
        {
            const Circuit shown = filter_circuit(graph, circuit, {}, filter).shown;
            found.most = std::max(found.most, static_cast<int>(shown.size()));
            for (const ScoredEdge& scored : shown)
                strength[scored.edge] += std::abs(static_cast<double>(scored.score));
        }
    }
    for (const auto& [edge, sum] : strength)
        found.edges.push_back(edge);
    std::ranges::sort(found.edges,
        [&](EdgeId a, EdgeId b) { return ranks_before(strength.at(a), a, strength.at(b), b); });
    return found;
}

} // namespace circuitloom
