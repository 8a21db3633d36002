#pragma once

#include "core/graph/computational_graph.h"

namespace circuitloom {

/// Nodes with consecutive numbers.
struct NodeRange
{
    NodeId first;
    int count = 0;
    bool operator==(const NodeRange&) const = default;
};

/// The upstream nodes computed from what the downstream node `reader` reads: `a1.h3` for
/// `a1.h3<q>`, `m2` for `m2`, every query head of the group for a `<k>` or `<v>`; none for
/// `logits`.
NodeRange writers_behind(const ComputationalGraph& graph, NodeId reader);

} // namespace circuitloom
