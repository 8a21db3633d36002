#include "core/analysis/circuit_paths.h"
#include "core/base/random.h"

#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace circuitloom;

namespace {

using Edges = std::vector<EdgeId>;

Edges edges_named(const ComputationalGraph& graph, const std::vector<std::string>& names)
{
    Edges edges;
    for (const std::string& name : names) {
        const auto edge = graph.find_edge(name);
        REQUIRE_MESSAGE(edge, name);
        edges.push_back(*edge);
    }
    return edges;
}

std::set<std::string> lit(const ComputationalGraph& graph, const std::vector<std::string>& names,
    const GraphChoice& choice)
{
    std::set<std::string> found;
    for (const EdgeId edge : paths_through(graph, edges_named(graph, names), choice))
        found.insert(graph.edge_name(edge));
    return found;
}

NodeId node(const ComputationalGraph& graph, const Node& wanted)
{
    return *graph.find_node(wanted);
}

// Whether the output of `writer` depends on what `reader` reads, in words.
bool computed_from(const Node& writer, const Node& reader, int group)
{
    if (writer.layer != reader.layer || writer.layer < 0)
        return false;
    if (writer.kind == NodeKind::head)
        return (reader.kind == NodeKind::query && reader.index == writer.index)
            || ((reader.kind == NodeKind::key || reader.kind == NodeKind::value)
                && reader.index == writer.index / group);
    return (reader.kind == NodeKind::mlp_in || reader.kind == NodeKind::mlp_group_in)
        && reader.index == writer.index;
}

// Every path is walked from end to end, one by one.
class EveryPath
{
public:
    EveryPath(const ComputationalGraph& graph, const Edges& edges, const GraphChoice& choice)
        : graph_(graph)
        , edges_(edges)
        , chosen_nodes_(choice.nodes.begin(), choice.nodes.end())
        , chosen_edges_(choice.edges.begin(), choice.edges.end())
        , group_(graph.shape().heads / graph.shape().kv_heads)
    {
        const bool ends = graph.options().kind == GraphKind::full;
        for (const EdgeId edge : edges_)
            if (!ends || graph.node(graph.edge(edge).source).kind == NodeKind::input
                || begins_at_choice(edge))
                walk(edge);
        for (const EdgeId edge : edges_)
            if (chosen_edges_.contains(edge) || chosen_nodes_.contains(graph.edge(edge).source)
                || chosen_nodes_.contains(graph.edge(edge).target))
                on_paths.insert(edge);
    }

    std::set<EdgeId> on_paths;

private:
    bool follows(EdgeId edge, EdgeId next) const
    {
        return computed_from(
            graph_.node(graph_.edge(next).source), graph_.node(graph_.edge(edge).target), group_);
    }
    bool chosen_writer(NodeId writer) const
    {
        for (const NodeId node : chosen_nodes_)
            if (node == writer || computed_from(graph_.node(writer), graph_.node(node), group_))
                return true;
        return false;
    }
    bool begins_at_choice(EdgeId edge) const
    {
        return chosen_edges_.contains(edge) || chosen_writer(graph_.edge(edge).source);
    }
    bool ends_at_choice(EdgeId edge) const
    {
        if (chosen_edges_.contains(edge) || chosen_nodes_.contains(graph_.edge(edge).target))
            return true;
        for (const NodeId node : chosen_nodes_)
            if (node.value < graph_.upstream_count()
                && computed_from(graph_.node(node), graph_.node(graph_.edge(edge).target), group_))
                return true;
        return false;
    }

    void walk(EdgeId edge)
    {
        path_.push_back(edge);
        const bool ends = graph_.options().kind == GraphKind::full;
        const bool from_input
            = !ends || graph_.node(graph_.edge(path_.front()).source).kind == NodeKind::input;
        const bool to_logits
            = !ends || graph_.node(graph_.edge(edge).target).kind == NodeKind::logits;
        if ((from_input || begins_at_choice(path_.front())) && ends_at_choice(edge))
            on_paths.insert(path_.begin(), path_.end());
        if (begins_at_choice(path_.front()) && to_logits)
            on_paths.insert(path_.begin(), path_.end());
        for (const EdgeId next : edges_)
            if (follows(edge, next))
                walk(next);
        path_.pop_back();
    }

    const ComputationalGraph& graph_;
    const Edges& edges_;
    std::set<NodeId> chosen_nodes_;
    std::set<EdgeId> chosen_edges_;
    int group_;
    Edges path_;
};

} // namespace

TEST_CASE("a head's way in is through its ports, its way out through the head")
{
    const ComputationalGraph graph({ 3, 2, 2, 8 }, {});
    const std::vector<std::string> names{ "input->a0.h1<k>", "a0.h1->a1.h0<q>", "a1.h0->m1",
        "m1->logits", "input->a1.h1<v>", "a1.h1->logits", "a0.h0->a1.h0<v>" };
    const GraphChoice head{ { node(graph, { NodeKind::head, 1, 0 }) }, {} };
    // From the input to it, from it to the logits. What only feeds it from nowhere is not on such
    // a path, as long as no port of it is chosen.
    CHECK(lit(graph, names, head)
        == std::set<std::string>{
            "input->a0.h1<k>", "a0.h1->a1.h0<q>", "a1.h0->m1", "m1->logits" });
    GraphChoice ports = head;
    ports.nodes.push_back(node(graph, { NodeKind::value, 1, 0 }));
    CHECK(lit(graph, names, ports).contains("a0.h0->a1.h0<v>"));
    CHECK_FALSE(lit(graph, names, ports).contains("a1.h1->logits"));
}

TEST_CASE("a chosen edge lights its own way, and nothing lights nothing")
{
    const ComputationalGraph graph({ 3, 2, 2, 8 }, {});
    const std::vector<std::string> names{ "input->a0.h1<k>", "input->a0.h1<q>", "a0.h1->m0",
        "a0.h1->m2", "m0->logits" };
    const GraphChoice edge{ {}, edges_named(graph, { "a0.h1->m0" }) };
    CHECK(lit(graph, names, edge)
        == std::set<std::string>{
            "input->a0.h1<k>", "input->a0.h1<q>", "a0.h1->m0", "m0->logits" });
    CHECK(lit(graph, names, {}).empty());
    // An edge that is not among those given lights nothing.
    CHECK(lit(graph, names, { {}, edges_named(graph, { "input->logits" }) }).empty());
}

TEST_CASE("the paths are those that walking every path finds")
{
    Random random(7);
    std::size_t found = 0;
    for (const GraphKind kind : { GraphKind::full, GraphKind::paper })
        for (const GraphShape& shape :
            { GraphShape{ 2, 4, 2, 4 }, GraphShape{ 4, 2, 2, 4 }, GraphShape{ 3, 2, 1, 4, true } })
            for (const int group : { 0, 2 }) {
                const ComputationalGraph graph(shape, { kind, group });
                for (int trial = 0; trial < 25; ++trial) {
                    const double density = 0.25 * random.unit();
                    Edges edges;
                    for (std::int32_t e = 0; e < static_cast<std::int32_t>(graph.edges().size());
                         ++e)
                        if (random.chance(density))
                            edges.push_back({ e });
                    GraphChoice choice;
                    for (std::size_t i = random.below(3); i > 0; --i)
                        choice.nodes.push_back(
                            { static_cast<std::int32_t>(random.below(graph.nodes().size())) });
                    for (std::size_t i = random.below(3); i > 0 && !edges.empty(); --i)
                        choice.edges.push_back(random.pick(edges));
                    const EveryPath expected(graph, edges, choice);
                    random.shuffle(edges);
                    const Edges lit = paths_through(graph, edges, choice);
                    CHECK(std::set<EdgeId>(lit.begin(), lit.end()) == expected.on_paths);
                    CHECK(lit.size() == expected.on_paths.size());
                    found += lit.size();
                }
            }
    CHECK(found > 1000);
}
