#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <span>

namespace circuitloom {

/// The share of an edge's height by which its control points stand above its source and below its
/// target, and the least of it in layout units: a route is clear for curves of this shape.
inline constexpr double route_reach = 0.5;
inline constexpr double least_route_reach = 14;

/// Finds for every pair of drawn nodes that these edges join a curve that runs through no other
/// used node, or through as few as can be, and bends no more than it needs. Depends on the layout
/// and the edges alone, so that no edge moves from one iteration to the next.
void route_edges(
    CircuitLayout& layout, const ComputationalGraph& graph, std::span<const EdgeId> edges);

/// How many used nodes the curve between two nodes runs through, its ends not counted.
int nodes_crossed(const CircuitLayout& layout, const EdgeRoute& route);

} // namespace circuitloom
