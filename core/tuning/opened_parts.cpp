#include "core/tuning/opened_parts.h"

#include <algorithm>

namespace circuitloom {

void open_node(OpenedParts& parts, const Node& node)
{
    if (node.kind == NodeKind::input || node.kind == NodeKind::logits)
        return;
    OpenedLayer& layer = parts[static_cast<std::size_t>(node.layer)];
    const auto index = static_cast<std::size_t>(std::max(0, node.index));
    switch (node.kind) {
    case NodeKind::head:
        layer.output[index] = true;
        break;
    case NodeKind::mlp:
    case NodeKind::mlp_group:
        layer.mlp_out[index] = true;
        break;
    case NodeKind::query:
        layer.query[index] = true;
        break;
    case NodeKind::key:
        layer.key[index] = true;
        break;
    case NodeKind::value:
        layer.value[index] = true;
        break;
    case NodeKind::mlp_in:
    case NodeKind::mlp_group_in:
        layer.mlp_in[index] = true;
        break;
    case NodeKind::input:
    case NodeKind::logits:
        break;
    }
}

OpenedParts nothing_opened(const ComputationalGraph& graph)
{
    const auto heads = static_cast<std::size_t>(graph.shape().heads);
    const auto kv_heads = static_cast<std::size_t>(graph.shape().kv_heads);
    const auto groups = static_cast<std::size_t>(graph.groups_per_mlp());
    OpenedLayer closed;
    closed.query.resize(heads);
    closed.key.resize(kv_heads);
    closed.value.resize(kv_heads);
    closed.output.resize(heads);
    closed.mlp_in.resize(groups);
    closed.mlp_out.resize(groups);
    return OpenedParts(static_cast<std::size_t>(graph.shape().layers), closed);
}

OpenedParts opened_parts(const ComputationalGraph& graph, const Circuit& circuit, bool layer0_qkv)
{
    OpenedParts parts = nothing_opened(graph);
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        open_node(parts, graph.node(edge.source));
        open_node(parts, graph.node(edge.target));
    }
    if (layer0_qkv && graph.options().kind == GraphKind::paper) {
        parts.front().query.assign(parts.front().query.size(), true);
        parts.front().key.assign(parts.front().key.size(), true);
        parts.front().value.assign(parts.front().value.size(), true);
    }
    return parts;
}

} // namespace circuitloom
