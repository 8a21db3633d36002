#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <span>

namespace circuitloom {

/// `base`, a lattice with or without folds, drawn closer together: rows and columns that none of
/// the edges touches shrink to a thin line, and what is touched gets the room, with its whole name
/// (`a26.h0`) where that fits into the row. MLPs of one node to a layer stand in the middle, side
/// by side in turn, so that a chain of them can be followed. Edges go around nodes, see
/// route_edges(). Given all edges that a run shows in any iteration, nothing moves between
/// iterations. Without edges it is `base` itself.
CircuitLayout compact_layout(
    const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges);

/// The layout of a circuit of very many edges: the heads of a layer as one node and its MLP as one,
/// in two columns, and all edges between two nodes drawn as one. `base` has its layers folded that
/// way.
CircuitLayout layered_layout(
    const ComputationalGraph& graph, CircuitLayout base, std::span<const EdgeId> edges);

/// `layout` with the whole name of every head, MLP and group as its label, and as wide as that.
CircuitLayout named_in_full(CircuitLayout layout);

} // namespace circuitloom
