#pragma once

#include "core/graph/computational_graph.h"

namespace circuitloom {

/// Throws InputError where such a graph has no edges, as that of kind `paper` of a single layer
/// whose MLP runs beside its heads: there is nothing to score. Also throws as
/// ComputationalGraph::count_edges() does.
void require_edges(const GraphShape& shape, const GraphOptions& options);

} // namespace circuitloom
