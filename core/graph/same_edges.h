#pragma once

#include "core/graph/computational_graph.h"

namespace circuitloom {

/// Whether two graphs have the same nodes and edges, by name and number: the width of MLPs counts
/// only where they are split into groups.
inline bool same_edges(
    GraphShape a, const GraphOptions& of_a, GraphShape b, const GraphOptions& of_b)
{
    if (of_a.mlp_group_size == 0)
        a.mlp_width = b.mlp_width = 1;
    return of_a == of_b && a == b;
}

} // namespace circuitloom
