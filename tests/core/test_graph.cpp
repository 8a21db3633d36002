#include "core/base/error.h"
#include "core/graph/computational_graph.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>

using namespace circuitloom;

namespace {

// The rule in words, applied to every pair of nodes: an edge exists where the upstream node is
// computed before the downstream one reads.
bool reads(const GraphShape& shape, const Node& source, const Node& target)
{
    if (source.kind == NodeKind::input || target.kind == NodeKind::logits)
        return true;
    if (source.layer != target.layer)
        return source.layer < target.layer;
    const bool mlp = target.kind == NodeKind::mlp_in || target.kind == NodeKind::mlp_group_in;
    return source.kind == NodeKind::head && mlp && !shape.parallel;
}

std::vector<std::pair<GraphShape, GraphOptions>> cases()
{
    std::vector<std::pair<GraphShape, GraphOptions>> all;
    for (const GraphShape& shape : { GraphShape{ 1, 1, 1, 4 }, GraphShape{ 3, 4, 4, 8 },
             GraphShape{ 3, 4, 2, 8 }, GraphShape{ 5, 6, 1, 12 }, GraphShape{ 1, 2, 2, 4, true },
             GraphShape{ 3, 4, 4, 8, true } })
        for (const int group : { 0, 1, 4 })
            for (const GraphKind kind : { GraphKind::full, GraphKind::paper })
                all.emplace_back(shape, GraphOptions{ kind, group });
    return all;
}

} // namespace

TEST_CASE("published edge counts")
{
    CHECK(ComputationalGraph({ 12, 12, 12, 3072 }, {}).edges().size() == 32491);
    CHECK(ComputationalGraph({ 5, 8, 4, 172 }, {}).edges().size() == 1701);
    CHECK(ComputationalGraph({ 5, 8, 8, 172 }, {}).edges().size() == 2461);
    // GPT-2 small's sizes with parallel blocks: the twelve heads of each layer lose one reader.
    CHECK(ComputationalGraph({ 12, 12, 12, 3072, true }, {}).edges().size() == 32491 - 144);
}

TEST_CASE("edges are exactly the pairs in which the source is computed before the target reads")
{
    for (const auto& [shape, options] : cases()) {
        const ComputationalGraph graph(shape, options);
        std::set<std::pair<int, int>> expected;
        for (int s = 0; s < graph.upstream_count(); ++s)
            for (int t = graph.upstream_count(); t < static_cast<int>(graph.nodes().size()); ++t)
                if (reads(shape, graph.node({ s }), graph.node({ t })))
                    expected.emplace(s, t);

        CHECK(graph.edges().size() == expected.size());
        CHECK(ComputationalGraph::count_edges(shape, options)
            == static_cast<std::int64_t>(expected.size()));
        for (const Edge& edge : graph.edges())
            CHECK(expected.count({ edge.source.value, edge.target.value }) == 1);
        CHECK(std::is_sorted(graph.edges().begin(), graph.edges().end()));
    }
}

TEST_CASE("nodes: every part of the model once, upstream first, in layer order")
{
    for (const auto& [shape, options] : cases()) {
        const ComputationalGraph graph(shape, options);
        const int groups
            = options.mlp_group_size == 0 ? 1 : shape.mlp_width / options.mlp_group_size;
        const int ends = options.kind == GraphKind::full ? 1 : 0;
        CHECK(graph.groups_per_mlp() == groups);
        CHECK(graph.upstream_count() == ends + shape.layers * (shape.heads + groups));
        CHECK(graph.downstream_count()
            == ends + shape.layers * (shape.heads + 2 * shape.kv_heads + groups));

        const std::set<Node> distinct(graph.nodes().begin(), graph.nodes().end());
        CHECK(distinct.size() == graph.nodes().size());
        for (int i = 0; i < static_cast<int>(graph.nodes().size()); ++i) {
            const Node& node = graph.node({ i });
            CHECK(is_upstream(node.kind) == (i < graph.upstream_count()));
            if (i > 0 && i != graph.upstream_count() && node.kind != NodeKind::logits)
                CHECK(node.layer >= graph.node({ i - 1 }).layer);
            CHECK(graph.find_node(node) == NodeId{ i });
        }
        if (ends == 1) {
            CHECK(graph.nodes().front().kind == NodeKind::input);
            CHECK(graph.nodes().back().kind == NodeKind::logits);
        }
    }
}

TEST_CASE("names are a bijection, for nodes on each side and for edges")
{
    for (const auto& [shape, options] : cases()) {
        const ComputationalGraph graph(shape, options);
        std::set<std::string> upstream;
        std::set<std::string> downstream;
        for (const Node& node : graph.nodes()) {
            const bool up = is_upstream(node.kind);
            const std::string name = node_name(node);
            CHECK((up ? upstream : downstream).insert(name).second);
            CHECK(parse_node_name(name, up) == node);
        }
        std::set<std::string> edges;
        for (int e = 0; e < static_cast<int>(graph.edges().size()); ++e) {
            const std::string name = graph.edge_name({ e });
            CHECK(edges.insert(name).second);
            CHECK(graph.find_edge(name) == EdgeId{ e });
            CHECK(
                graph.find_edge(graph.edge({ e }).source, graph.edge({ e }).target) == EdgeId{ e });
        }
    }
}

TEST_CASE("names as algorithm and papers write them")
{
    const ComputationalGraph grouped({ 4, 8, 4, 512 }, { GraphKind::full, 32 });
    for (const char* name : { "m0.g3->a2.h1<q>", "a2.h7->m2.g15", "input->a0.h3<v>",
             "a3.h0->logits", "m3.g0->logits", "input->logits" }) {
        const auto edge = grouped.find_edge(name);
        REQUIRE(edge.has_value());
        CHECK(grouped.edge_name(*edge) == name);
    }
    for (const char* name : { "m0->a2.h1<q>", "a2.h1->a2.h3<q>", "m2.g1->m2.g2", "m2.g1->m1.g1",
             "a0.h0->a1.h4<k>", "a0.h8->logits", "a4.h0->logits", "logits->input", "a0.h1",
             "a0.h1->", "->logits", "", "a0.h1->logits->m1.g0" })
        CHECK_FALSE(grouped.find_edge(name).has_value());

    const ComputationalGraph whole({ 6, 4, 4, 16 }, {});
    CHECK(whole.find_edge("m4->a5.h3<q>").has_value());
    CHECK_FALSE(ComputationalGraph({ 6, 4, 4, 16 }, { GraphKind::paper, 0 })
                    .find_edge("m4->logits")
                    .has_value());
}

TEST_CASE("what is no name of this side is refused")
{
    for (const char* name : { "", "a", "a1", "a1.", "a1.h", "a01.h1", "a1.h01", "a1.h+1", "a-1.h1",
             "a1.h1 ", " a1.h1", "a1.h1<q>", "m", "m1.", "m1.g", "m1.h1", "m1.g1x", "Input",
             "logits", "a99999999999.h1", "m99999999999" })
        CHECK_FALSE(parse_node_name(name, true).has_value());
    for (const char* name : { "a1.h1", "a1.h1<>", "a1.h1<z>", "a1.h1<q", "a1.h1<q>>", "input" })
        CHECK_FALSE(parse_node_name(name, false).has_value());
    CHECK(parse_node_name("m3", true) == Node{ NodeKind::mlp, 3, -1 });
    CHECK(parse_node_name("m3", false) == Node{ NodeKind::mlp_in, 3, -1 });
}

TEST_CASE("groups that do not divide an MLP leave a smaller last one")
{
    const ComputationalGraph graph({ 2, 3, 3, 10 }, { GraphKind::full, 4 });
    CHECK(graph.groups_per_mlp() == 3);
    int next = 0;
    for (const int expected : { 4, 4, 2 }) {
        const NeuronRange range = graph.group_range(next / 4);
        CHECK(range.first == next);
        CHECK(range.count == expected);
        next += expected;
    }
    CHECK(next == 10);
    const ComputationalGraph whole({ 2, 3, 3, 10 }, {});
    CHECK(whole.group_range(0).count == 10);
}

TEST_CASE("impossible and absurd sizes are refused before anything is allocated")
{
    const int huge = 2147483647;
    CHECK_THROWS_AS(ComputationalGraph({ 0, 1, 1, 1 }, {}), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, 0, 1, 1 }, {}), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, 1, 0, 1 }, {}), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, 1, 1, -5 }, {}), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, 8, 3, 4 }, {}), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, 1, 1, 10 }, { GraphKind::full, 11 }), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, 1, 1, 10 }, { GraphKind::full, -1 }), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ huge, huge, huge, huge }, {}), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ huge, 1, 1, 1 }, { GraphKind::paper, 0 }), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 1, huge, huge, 1 }, { GraphKind::paper, 0 }), InputError);
    CHECK_THROWS_AS(ComputationalGraph({ 2, 1, 1, huge }, { GraphKind::full, 1 }), InputError);
}

TEST_CASE("A graph of very many nodes is refused, however few edges join them")
{
    constexpr int largest = std::numeric_limits<int>::max();
    GraphShape shape{ 1, 1, 1, largest, true };
    const GraphOptions neurons{ GraphKind::paper, 1 };
    CHECK_THROWS_WITH_AS(
        ComputationalGraph::count_edges(shape, neurons), doctest::Contains("nodes"), InputError);
    shape.mlp_width = 1000;
    CHECK(ComputationalGraph::count_edges(shape, neurons) == 0);
    CHECK(ComputationalGraph(shape, neurons).nodes().size() == 2 * 1000 + 1 + 3);
}
