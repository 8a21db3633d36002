#include "core/analysis/components.h"

#include <map>

namespace circuitloom {

namespace {

// The side of the component that stands for it.
Node representative(const Node& node, bool grouped)
{
    switch (node.kind) {
    case NodeKind::query:
        return { NodeKind::head, node.layer, node.index };
    case NodeKind::key:
    case NodeKind::value:
        return { grouped ? NodeKind::key : NodeKind::head, node.layer, node.index };
    case NodeKind::mlp_in:
        return { NodeKind::mlp, node.layer, node.index };
    case NodeKind::mlp_group_in:
        return { NodeKind::mlp_group, node.layer, node.index };
    default:
        return node;
    }
}

std::string name_of(const Node& representative)
{
    if (representative.kind != NodeKind::key)
        return node_name(representative);
    return "a" + std::to_string(representative.layer) + ".kv"
        + std::to_string(representative.index);
}

} // namespace

Components::Components(const ComputationalGraph& graph)
{
    const bool grouped = graph.shape().kv_heads != graph.shape().heads;
    std::map<Node, ComponentId> known;
    for (const Node& node : graph.nodes()) {
        const Node side = representative(node, grouped);
        const auto [found, fresh]
            = known.try_emplace(side, ComponentId{ static_cast<std::int32_t>(names_.size()) });
        if (fresh)
            names_.push_back(name_of(side));
        of_.push_back(found->second);
    }
}

} // namespace circuitloom
