#pragma once

#include "core/graph/circuit_reach.h"

#include <span>
#include <vector>

namespace circuitloom {

/// Of `edges`, those that have to do with the choice, by number: what lies on a directed path over
/// `edges` from `input` to the choice, from one part of the choice to another, or from the choice
/// to `logits`; and, be they dead ends or not, the chosen edges and those that begin or end at a
/// chosen node.
///
/// In a graph without `input` (`logits`) every node is taken to come after it (before it). Takes
/// time in proportion to the edges given and the graph's nodes, but for a sort.
std::vector<EdgeId> paths_through(
    const ComputationalGraph& graph, std::span<const EdgeId> edges, const GraphChoice& choice);

} // namespace circuitloom
