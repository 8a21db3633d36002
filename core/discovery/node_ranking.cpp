#include "core/discovery/node_ranking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace circuitloom {

std::vector<RankedEdge> edges_of_top_nodes(const ComputationalGraph& graph,
    std::span<const float> scores, std::vector<RankedEdge> candidates, std::size_t n)
{
    std::ranges::sort(candidates, stronger);
    const std::size_t count = graph.nodes().size();
    std::vector<double> sums(count);
    std::vector<std::vector<std::size_t>> edges_of(count); // into candidates, strongest first
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const EdgeId id = candidates[i].edge;
        for (const NodeId end : { graph.edge(id).source, graph.edge(id).target }) {
            const auto node = static_cast<std::size_t>(end.value);
            sums[node] += std::abs(scores[static_cast<std::size_t>(id.value)]);
            edges_of[node].push_back(i);
        }
    }
    std::vector<std::size_t> nodes(count);
    std::iota(nodes.begin(), nodes.end(), std::size_t{ 0 });
    std::ranges::stable_sort(nodes, std::greater{}, [&sums](std::size_t i) { return sums[i]; });

    std::vector<RankedEdge> chosen;
    std::vector<bool> taken(candidates.size());
    std::vector<std::size_t> next(count); // into edges_of
    n = std::min(n, candidates.size());
    while (chosen.size() < n)
        for (const std::size_t node : nodes) {
            const auto& own = edges_of[node];
            std::size_t& i = next[node];
            while (i < own.size() && taken[own[i]])
                ++i;
            if (i == own.size() || chosen.size() == n)
                continue;
            taken[own[i]] = true;
            chosen.push_back(candidates[own[i]]);
        }
    return chosen;
}

} // namespace circuitloom
