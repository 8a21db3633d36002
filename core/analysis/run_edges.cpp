#include "core/analysis/run_edges.h"

#include "core/graph/edge_order.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>
#include <utility>

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

RunEdges edges_of_runs(const ExperimentReader& reader, const std::set<RunId>& runs,
    const ComputationalGraph& graph, const CircuitFilter& filter)
{
    RunEdges all;
    std::vector<std::vector<EdgeId>> of_runs;
    std::size_t longest = 0;
    for (const RunId run : runs) {
        const int last = reader.run(run).iterations - 1;
        RunEdges found = edges_of_run(reader, run, 0, last, graph, filter);
        all.most += found.most;
        longest = std::max(longest, found.edges.size());
        of_runs.push_back(std::move(found.edges));
    }
    std::unordered_set<EdgeId> known;
    for (std::size_t rank = 0; rank < longest; ++rank)
        for (const std::vector<EdgeId>& edges : of_runs)
            if (rank < edges.size() && known.insert(edges[rank]).second)
                all.edges.push_back(edges[rank]);
    return all;
}

} // namespace circuitloom
