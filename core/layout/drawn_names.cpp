#include "core/layout/drawn_names.h"

namespace circuitloom {

std::string_view name_of(DrawnNode::Kind kind)
{
    switch (kind) {
    case DrawnNode::Kind::input:
        return "input";
    case DrawnNode::Kind::head:
        return "head";
    case DrawnNode::Kind::kv_head:
        return "kv_head";
    case DrawnNode::Kind::mlp:
        return "mlp";
    case DrawnNode::Kind::group:
        return "group";
    case DrawnNode::Kind::logits:
        break;
    }
    return "logits";
}

std::string_view edge_kind_name(NodeKind target)
{
    switch (target) {
    case NodeKind::query:
        return "q";
    case NodeKind::key:
        return "k";
    case NodeKind::value:
        return "v";
    case NodeKind::logits:
        return "logits";
    default:
        return "mlp";
    }
}

const DrawnNode& drawn_node(const CircuitLayout& layout, NodeId node)
{
    const int index = layout.drawn_of[static_cast<std::size_t>(node.value)];
    return layout.nodes[static_cast<std::size_t>(index)];
}

} // namespace circuitloom
