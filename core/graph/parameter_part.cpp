#include "core/graph/parameter_part.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

namespace circuitloom {

namespace {

using Kind = ParameterPart::Kind;

std::vector<Node> nodes_of(const ParameterPart& part)
{
    const auto [kind, layer, index] = part;
    switch (kind) {
    case Kind::query:
        return { { NodeKind::query, layer, index } };
    case Kind::key:
        return { { NodeKind::key, layer, index } };
    case Kind::value:
        return { { NodeKind::value, layer, index } };
    case Kind::output:
        return { { NodeKind::head, layer, index } };
    case Kind::mlp:
        return index < 0
            ? std::vector<Node>{ { NodeKind::mlp, layer, -1 }, { NodeKind::mlp_in, layer, -1 } }
            : std::vector<Node>{ { NodeKind::mlp_group, layer, index },
                  { NodeKind::mlp_group_in, layer, index } };
    case Kind::embedding:
        return { { NodeKind::input, -1, -1 } };
    case Kind::unembedding:
        return { { NodeKind::logits, -1, -1 } };
    case Kind::shared:
        break;
    }
    return {};
}

} // namespace

std::string parameter_part_name(const ParameterPart& part)
{
    switch (part.kind) {
    case Kind::shared:
        return "layer " + std::to_string(part.layer) + ", shared";
    case Kind::embedding:
        return "embedding";
    case Kind::unembedding:
        return "unembedding";
    case Kind::output:
        return node_name(nodes_of(part).front()) + "<o>";
    default:
        return node_name(nodes_of(part).front());
    }
}

std::vector<ParameterPart> parameter_parts(const ComputationalGraph& graph)
{
    const GraphShape& shape = graph.shape();
    std::vector<ParameterPart> parts{ { Kind::embedding, -1, -1 } };
    for (int layer = 0; layer < shape.layers; ++layer) {
        const auto add = [&](Kind kind, int count) {
            for (int i = 0; i < count; ++i)
                parts.push_back({ kind, layer, i });
        };
        add(Kind::query, shape.heads);
        add(Kind::key, shape.kv_heads);
        add(Kind::value, shape.kv_heads);
        add(Kind::output, shape.heads);
        if (graph.options().mlp_group_size == 0)
            parts.push_back({ Kind::mlp, layer, -1 });
        else
            add(Kind::mlp, graph.groups_per_mlp());
        parts.push_back({ Kind::shared, layer, -1 });
    }
    parts.push_back({ Kind::unembedding, -1, -1 });
    return parts;
}

std::vector<NodeId> nodes_with(const ComputationalGraph& graph, const ParameterPart& part)
{
    std::vector<NodeId> found;
    for (const Node& node : nodes_of(part))
        if (const auto id = graph.find_node(node))
            found.push_back(*id);
    return found;
}

ParameterPart part_of(const Node& node)
{
    switch (node.kind) {
    case NodeKind::input:
        return { Kind::embedding, -1, -1 };
    case NodeKind::logits:
        return { Kind::unembedding, -1, -1 };
    case NodeKind::head:
        return { Kind::output, node.layer, node.index };
    case NodeKind::query:
        return { Kind::query, node.layer, node.index };
    case NodeKind::key:
        return { Kind::key, node.layer, node.index };
    case NodeKind::value:
        return { Kind::value, node.layer, node.index };
    case NodeKind::mlp:
    case NodeKind::mlp_in:
    case NodeKind::mlp_group:
    case NodeKind::mlp_group_in:
        break;
    }
    return { Kind::mlp, node.layer, node.index };
}

std::vector<ParameterPart> named_parts(
    const ComputationalGraph& graph, std::span<const std::string> names)
{
    const std::vector<ParameterPart> all = parameter_parts(graph);
    const bool shares_keys = graph.shape().heads != graph.shape().kv_heads;
    std::set<ParameterPart> chosen;
    for (const std::string& name : names) {
        const auto node = parse_node_name(name, true);
        const auto is_meant = [&](const ParameterPart& part) {
            if (name == "all" || name == parameter_part_name(part))
                return true;
            if (!node || node->layer != part.layer)
                return false;
            if (node->kind == NodeKind::mlp)
                return part.kind == Kind::mlp;
            const bool of_head = part.kind == Kind::query || part.kind == Kind::output
                || (!shares_keys && (part.kind == Kind::key || part.kind == Kind::value));
            return node->kind == NodeKind::head && of_head && node->index == part.index;
        };
        bool found = false;
        for (const ParameterPart& part : all)
            if (is_meant(part)) {
                chosen.insert(part);
                found = true;
            }
        if (!found)
            throw InputError("The model has no part " + for_message(name)
                + "; name a head (a0.h1), what it reads or writes with (a0.h1<q>, a0.h1<o>), an "
                  "MLP (m0) or a group of it (m0.g1), embedding, unembedding, or all.");
    }
    std::vector<ParameterPart> parts;
    std::ranges::copy_if(all, std::back_inserter(parts),
        [&](const ParameterPart& part) { return chosen.contains(part); });
    return parts;
}

} // namespace circuitloom
