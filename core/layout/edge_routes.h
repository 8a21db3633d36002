#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <span>

namespace circuitloom {

/// Control points stand at least so far above a source and below a target, in layout units.
inline constexpr double least_route_reach = 14;

/// Finds for every pair of drawn nodes that these edges join a curve that runs through no other
/// used node, or through as few as can be, leaves the layout's frame nowhere, and bends no more
/// than it needs. Depends on the layout and the edges alone, so that no edge moves from one
/// iteration to the next.
void route_edges(
    CircuitLayout& layout, const ComputationalGraph& graph, std::span<const EdgeId> edges);

/// How many used nodes the curve between two nodes runs through, its ends not counted.
int nodes_crossed(const CircuitLayout& layout, const EdgeRoute& route);

} // namespace circuitloom
