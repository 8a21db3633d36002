#include "core/base/error.h"
#include "core/base/random.h"
#include "core/layout/dot_process.h"
#include "core/layout/lattice_layout.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>
#include <sstream>

using namespace circuitloom;

namespace {

std::vector<ComputationalGraph> graphs()
{
    std::vector<ComputationalGraph> all;
    for (const GraphKind kind : { GraphKind::full, GraphKind::paper })
        for (const GraphShape& shape : { GraphShape{ 4, 8, 8, 512 }, GraphShape{ 12, 8, 4, 64 } })
            for (const int group : { 0, 32 })
                all.emplace_back(shape, GraphOptions{ kind, group });
    return all;
}

std::vector<EdgeId> random_edges(const ComputationalGraph& graph, Random& random, std::size_t count)
{
    std::set<EdgeId> edges;
    while (edges.size() < count)
        edges.insert({ static_cast<std::int32_t>(random.below(graph.edges().size())) });
    return { edges.begin(), edges.end() };
}

const DrawnNode& drawn(const CircuitLayout& layout, NodeId node)
{
    return layout.nodes.at(
        static_cast<std::size_t>(layout.drawn_of.at(static_cast<std::size_t>(node.value))));
}

} // namespace

TEST_CASE("nothing overlaps, all lies inside, every edge rises, every layer has its band")
{
    Random random(1);
    for (const ComputationalGraph& graph : graphs()) {
        const CircuitLayout base = lattice_layout(graph);
        const auto edges = random_edges(graph, random, 40);
        const CircuitLayout layout
            = dot_layout(graph, base, edges, dot_places(dot_request(graph, base, edges)));
        for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
            const DrawnNode& a = layout.nodes[i];
            CAPTURE(a.name);
            CHECK(a.x - a.width / 2 >= 0);
            CHECK(a.x + a.width / 2 <= layout.width + 1e-9);
            CHECK(a.y - a.height / 2 >= -1e-9);
            CHECK(a.y + a.height / 2 <= layout.height + 1e-9);
            for (std::size_t j = i + 1; j < layout.nodes.size(); ++j) {
                const DrawnNode& b = layout.nodes[j];
                const bool apart = std::abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-9
                    || std::abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-9;
                CHECK(apart);
            }
        }
        for (const EdgeId id : edges)
            CHECK(drawn(layout, graph.edge(id).source).y > drawn(layout, graph.edge(id).target).y);
        REQUIRE(static_cast<int>(layout.bands.size()) == graph.shape().layers);
        for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
            const DrawnNode& node = drawn(layout, { static_cast<std::int32_t>(i) });
            CHECK(node.layer == graph.nodes()[i].layer);
            if (node.layer < 0)
                continue;
            const LayerBand& band = layout.bands[static_cast<std::size_t>(node.layer)];
            CHECK(band.layer == node.layer);
            CHECK(node.y - node.height / 2 >= band.y);
            CHECK(node.y + node.height / 2 <= band.y + band.height);
        }
    }
}

TEST_CASE("what an edge touches stands by itself; the rest of a layer is one node")
{
    Random random(2);
    for (const ComputationalGraph& graph : graphs()) {
        const CircuitLayout base = lattice_layout(graph);
        const auto edges = random_edges(graph, random, 15);
        const CircuitLayout layout
            = dot_layout(graph, base, edges, dot_places(dot_request(graph, base, edges)));
        std::set<std::string> touched;
        for (const EdgeId id : edges)
            for (const NodeId end : { graph.edge(id).source, graph.edge(id).target })
                touched.insert(drawn(base, end).name);
        for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
            const NodeId id{ static_cast<std::int32_t>(i) };
            const std::string name = drawn(base, id).name;
            const bool own = touched.contains(name) || graph.node(id).layer < 0;
            CHECK((drawn(layout, id).name == name) == own);
        }
        std::set<std::string> names;
        for (const DrawnNode& node : layout.nodes)
            CHECK(names.insert(node.name).second);
    }
}

TEST_CASE("crossings are fewer than in the lattice")
{
    // Two chains that the lattice draws across each other.
    const ComputationalGraph graph({ 3, 8, 8, 8 }, {});
    std::vector<EdgeId> edges;
    for (const char* name :
        { "a0.h0->a1.h7<q>", "a1.h7->a2.h0<q>", "a0.h7->a1.h0<q>", "a1.h0->a2.h7<q>" })
        edges.push_back(*graph.find_edge(name));
    const CircuitLayout base = lattice_layout(graph);
    const CircuitLayout layout
        = dot_layout(graph, base, edges, dot_places(dot_request(graph, base, edges)));
    const auto crossings = [&](const CircuitLayout& in) {
        int found = 0;
        for (const EdgeId a : edges)
            for (const EdgeId b : edges) {
                const auto x = [&](NodeId node) { return drawn(in, node).x; };
                const auto y = [&](NodeId node) { return drawn(in, node).y; };
                const Edge& one = graph.edge(a);
                const Edge& other = graph.edge(b);
                found += y(one.source) == y(other.source) && y(one.target) == y(other.target)
                        && (x(one.source) - x(other.source)) * (x(one.target) - x(other.target)) < 0
                    ? 1
                    : 0;
            }
        return found;
    };
    CHECK(crossings(base) > 0);
    CHECK(crossings(layout) == 0);
}

TEST_CASE("an empty set of edges makes a layout of what is always there")
{
    const ComputationalGraph graph({ 2, 2, 2, 8 }, {});
    const CircuitLayout base = lattice_layout(graph);
    const DotRequest request = dot_request(graph, base, {});
    CHECK(request.boxes.empty());
    const CircuitLayout layout = dot_layout(graph, base, {}, dot_places(request));
    CHECK(layout.nodes.size() == 4); // input, logits and a rest for each layer
}

TEST_CASE("another process is asked in JSON, and answers with places or a sentence")
{
    const ComputationalGraph graph({ 4, 8, 8, 512 }, { GraphKind::full, 32 });
    const CircuitLayout base = lattice_layout(graph);
    Random random(3);
    const DotRequest request = dot_request(graph, base, random_edges(graph, random, 60));
    std::istringstream in(dot_request_json(request));
    std::ostringstream out;
    CHECK(run_dot_process(in, out) == 0);
    const DotPlaces asked = read_dot_answer(out.str());
    const DotPlaces known = dot_places(request); // the same request, the same places
    REQUIRE(asked.size() == known.size());
    for (std::size_t i = 0; i < known.size(); ++i)
        CHECK(asked[i] == doctest::Approx(known[i]));

    for (const char* wrong : { "", "{", "[]", R"({"boxes":[[0,10]],"lines":[[0,1]]})",
             R"({"boxes":[[0,10],[0,10]],"lines":[[0,1]]})", R"({"boxes":[[1,10]],"lines":[]})",
             R"({"boxes":[[0,-1]],"lines":[]})", R"({"boxes":[[0,"x"]],"lines":[]})" }) {
        CAPTURE(wrong);
        std::istringstream bad(wrong);
        std::ostringstream answer;
        CHECK(run_dot_process(bad, answer) != 0);
        CHECK_THROWS_AS(read_dot_answer(answer.str()), ResourceError);
    }
    CHECK_THROWS_AS(read_dot_answer("{}"), InputError);
    CHECK_THROWS_AS(read_dot_answer(""), InputError);
}

TEST_CASE("an answer that does not fit the request is refused")
{
    const ComputationalGraph graph({ 4, 8, 8, 512 }, { GraphKind::full, 32 });
    const CircuitLayout base = lattice_layout(graph);
    const std::vector<EdgeId> edges{ *graph.find_edge("input->logits") };
    CHECK_THROWS_AS(dot_layout(graph, base, edges, { 1 }), InputError);
    CHECK_THROWS_AS(dot_layout(graph, base, edges, { 1, 2, 3 }), InputError);
    CHECK_THROWS_AS(dot_layout(graph, base, edges, { 1, std::numeric_limits<double>::quiet_NaN() }),
        InputError);
}
