#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <string_view>

namespace circuitloom {

/// What a drawn node is, for other programs: input, head, kv_head, mlp, group or logits.
std::string_view name_of(DrawnNode::Kind kind);
/// What an edge into such a node feeds: q, k, v, mlp or logits.
std::string_view edge_kind_name(NodeKind target);

/// The shape that stands for a node of the graph.
const DrawnNode& drawn_node(const CircuitLayout& layout, NodeId node);

} // namespace circuitloom
