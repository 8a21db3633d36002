#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <span>

namespace circuitloom {

/// A row for each drawn node of `base` that one of the edges leaves, input first, and a column for
/// each that one reaches, logits last; an edge is the cell where both meet, and no edge hides
/// another. So a node has two places here: its graph nodes that write are the row's head, those
/// that read the column's. Graph nodes that no edge touches have none: they are mapped to one
/// unused node without a size.
CircuitLayout matrix_layout(
    const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges);

} // namespace circuitloom
