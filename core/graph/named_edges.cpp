#include "core/graph/named_edges.h"

#include "core/base/error.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace circuitloom {

namespace {

bool names_edge(const std::string& name)
{
    return name.find("->") != std::string::npos;
}

EdgeId edge_named(const ComputationalGraph& graph, const std::string& name)
{
    const auto edge = graph.find_edge(name);
    if (!edge)
        throw InputError(name + " is no edge of this model's graph.");
    return *edge;
}

/// A name such as m3 is both a writer and a reader; the node is what it writes.
std::optional<NodeId> find_node_named(const ComputationalGraph& graph, const std::string& name)
{
    for (const bool upstream : { true, false })
        if (const auto node = parse_node_name(name, upstream))
            if (const auto number = graph.find_node(*node))
                return number;
    return std::nullopt;
}

NodeId node_named(const ComputationalGraph& graph, const std::string& name)
{
    if (const auto number = find_node_named(graph, name))
        return *number;
    throw InputError(name + " is no node of this model's graph"
        + (name.find(".g") != std::string::npos ? " (say into what groups its MLPs are split)."
                                                : "."));
}

/// The node that writes what is computed from this input; nothing for the logits, and for a key or
/// value that several heads share.
std::optional<Node> writer_behind(const Node& reader, const GraphShape& shape)
{
    switch (reader.kind) {
    case NodeKind::key:
    case NodeKind::value:
        if (shape.kv_heads < shape.heads)
            return std::nullopt;
        [[fallthrough]];
    case NodeKind::query:
        return Node{ NodeKind::head, reader.layer, reader.index };
    case NodeKind::mlp_in:
        return Node{ NodeKind::mlp, reader.layer, reader.index };
    case NodeKind::mlp_group_in:
        return Node{ NodeKind::mlp_group, reader.layer, reader.index };
    default:
        return std::nullopt;
    }
}

/// Edges that were not drawn before, one after another.
class EdgeDraws
{
public:
    EdgeDraws(const ComputationalGraph& graph, Random& random)
        : graph_(graph)
        , random_(random)
    {
    }

    EdgeId next()
    {
        const std::size_t count = graph_.edges().size();
        auto edge = static_cast<std::int32_t>(random_.below(count));
        while (!drawn_.insert(edge).second) // ends: distinct names are no more than there are edges
            edge = static_cast<std::int32_t>(random_.below(count));
        return { edge };
    }

private:
    const ComputationalGraph& graph_;
    Random& random_;
    std::set<std::int32_t> drawn_;
};

} // namespace

std::vector<bool> named_edges(const ComputationalGraph& graph, std::span<const std::string> names)
{
    std::vector<bool> set(graph.edges().size());
    for (const std::string& name : names) {
        if (names_edge(name)) {
            set[static_cast<std::size_t>(edge_named(graph, name).value)] = true;
            continue;
        }
        const NodeId node = node_named(graph, name);
        const bool writes = node.value < graph.upstream_count();
        for (std::size_t i = 0; i < set.size(); ++i) {
            const Edge& edge = graph.edges()[i];
            if ((writes ? edge.source : edge.target) == node)
                set[i] = true;
        }
    }
    return set;
}

std::vector<std::string> ablation_names(const ComputationalGraph& graph, const GraphChoice& choice)
{
    std::vector<std::string> names;
    for (const NodeId id : choice.nodes) {
        const Node& node = graph.node(id);
        const auto writer = writer_behind(node, graph.shape());
        const auto number = writer ? graph.find_node(*writer) : std::nullopt;
        if (!number || std::ranges::find(choice.nodes, *number) == choice.nodes.end())
            names.push_back(node_name(node));
    }
    for (const EdgeId edge : choice.edges)
        names.push_back(graph.edge_name(edge));
    return names;
}

GraphChoice choice_named(const ComputationalGraph& graph, std::span<const std::string> names)
{
    std::set<NodeId> nodes;
    std::set<EdgeId> edges;
    for (const std::string& name : names) {
        if (names_edge(name)) {
            if (const auto edge = graph.find_edge(name))
                edges.insert(*edge);
            continue;
        }
        const auto node = find_node_named(graph, name);
        if (!node)
            continue;
        nodes.insert(*node);
        for (std::int32_t i = graph.upstream_count(); i < std::ssize(graph.nodes()); ++i)
            if (writer_behind(graph.node({ i }), graph.shape()) == graph.node(*node))
                nodes.insert({ i });
    }
    return { { nodes.begin(), nodes.end() }, { edges.begin(), edges.end() } };
}

std::vector<std::string> random_names_like(
    const ComputationalGraph& graph, std::span<const std::string> names, Random& random)
{
    const std::set<std::string> distinct(names.begin(), names.end());
    std::map<NodeKind, std::vector<std::string>> of_kind;
    for (const Node& node : graph.nodes())
        of_kind[node.kind].push_back(node_name(node));
    for (auto& [kind, all] : of_kind)
        random.shuffle(all);
    EdgeDraws edges(graph, random);
    std::vector<std::string> drawn;
    for (const std::string& name : distinct) {
        if (names_edge(name)) {
            edge_named(graph, name);
            drawn.push_back(graph.edge_name(edges.next()));
            continue;
        }
        std::vector<std::string>& left = of_kind[graph.node(node_named(graph, name)).kind];
        drawn.push_back(left.back());
        left.pop_back();
    }
    return drawn;
}

} // namespace circuitloom
