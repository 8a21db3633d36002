#include "core/graph/node_parts.h"

namespace circuitloom {

NodeRange writers_behind(const ComputationalGraph& graph, NodeId reader)
{
    const Node& node = graph.node(reader);
    const int shared = graph.shape().heads / graph.shape().kv_heads;
    const auto range = [&graph](const Node& first, int count) {
        return NodeRange{ *graph.find_node(first), count };
    };
    switch (node.kind) {
    case NodeKind::query:
        return range({ NodeKind::head, node.layer, node.index }, 1);
    case NodeKind::key:
    case NodeKind::value:
        return range({ NodeKind::head, node.layer, node.index * shared }, shared);
    case NodeKind::mlp_in:
        return range({ NodeKind::mlp, node.layer, -1 }, 1);
    case NodeKind::mlp_group_in:
        return range({ NodeKind::mlp_group, node.layer, node.index }, 1);
    default:
        return {};
    }
}

} // namespace circuitloom
