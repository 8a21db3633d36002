#pragma once

#include "core/graph/computational_graph.h"
#include "core/graph/edge_order.h"

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom {

struct RankedEdge
{
    float strength = 0;
    EdgeId edge;
};

/// The strongest first; see edge_order.h.
inline bool stronger(const RankedEdge& a, const RankedEdge& b)
{
    return ranks_before(a.strength, a.edge, b.strength, b.edge);
}

/// SelectionRule::top_nodes as select_edges() describes it: `n` of `candidates`, all where there
/// are fewer. `scores` has one entry per edge of `graph`.
std::vector<RankedEdge> edges_of_top_nodes(const ComputationalGraph& graph,
    std::span<const float> scores, std::vector<RankedEdge> candidates, std::size_t n);

} // namespace circuitloom
