// The lattice around what a run's circuits touch, by layers, as a matrix; and edges around nodes.
#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/layout/compact_layout.h"
#include "core/layout/edge_routes.h"
#include "core/layout/folded_layout.h"
#include "core/layout/lattice_layout.h"
#include "core/layout/matrix_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

std::vector<ComputationalGraph> graphs()
{
    return { ComputationalGraph({ 30, 9, 3, 1536 }, { GraphKind::full, 0 }), // SmolLM2-135M's sizes
        ComputationalGraph({ 12, 12, 12, 3072 }, { GraphKind::full, 0 }),
        ComputationalGraph({ 12, 12, 12, 3072 }, { GraphKind::paper, 0 }),
        ComputationalGraph({ 4, 8, 8, 512 }, { GraphKind::full, 32 }),
        ComputationalGraph({ 5, 8, 4, 172 }, { GraphKind::full, 0 }),
        ComputationalGraph({ 2, 40, 8, 4128 }, { GraphKind::full, 32 }),
        ComputationalGraph({ 1, 1, 1, 8 }, { GraphKind::full, 0 }) };
}

// As in real circuits some nodes have most of the edges.
std::vector<EdgeId> edges_in(const ComputationalGraph& graph, std::size_t count, Random& random)
{
    std::vector<double> weight;
    for (std::size_t i = 0; i < graph.nodes().size(); ++i)
        weight.push_back(std::pow(random.unit(), 3));
    std::vector<std::pair<double, EdgeId>> scored;
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const Edge& edge = graph.edges()[i];
        scored.emplace_back(-weight[static_cast<std::size_t>(edge.source.value)]
                * weight[static_cast<std::size_t>(edge.target.value)] * random.unit(),
            EdgeId{ static_cast<std::int32_t>(i) });
    }
    std::ranges::sort(scored);
    std::vector<EdgeId> edges;
    for (std::size_t i = 0; i < std::min(count, scored.size()); ++i)
        edges.push_back(scored[i].second);
    return edges;
}

int drawn(const CircuitLayout& layout, NodeId node)
{
    return layout.drawn_of.at(static_cast<std::size_t>(node.value));
}

const DrawnNode& node(const CircuitLayout& layout, int index)
{
    return layout.nodes.at(static_cast<std::size_t>(index));
}

CircuitLayout layered(const ComputationalGraph& graph, const std::vector<EdgeId>& edges)
{
    Folding folding;
    for (int layer = 0; layer < graph.shape().layers; ++layer) {
        folding.heads.insert(layer);
        folding.mlps.insert(layer);
    }
    return layered_layout(graph, folded_layout(lattice_layout(graph), folding), edges);
}

// Independent of core/layout: by fine steps along the curve, with exact rectangles.
int rectangles_hit(const CircuitLayout& layout, const EdgeRoute& route)
{
    const DrawnNode& a = node(layout, route.from);
    const DrawnNode& b = node(layout, route.to);
    const double bottom = a.y - a.height / 2;
    const double top = b.y + b.height / 2;
    const double from = std::max((bottom - top) * route.reach_from, least_route_reach);
    const double to = std::max((bottom - top) * route.reach_to, least_route_reach);
    std::set<int> hit;
    for (int step = 0; step <= 1000; ++step) {
        const double t = step / 1000.0;
        const double s = 1 - t;
        const double x = s * s * s * a.x + 3 * s * s * t * (a.x + route.aside_from)
            + 3 * s * t * t * (b.x + route.aside_to) + t * t * t * b.x;
        const double y = s * s * s * bottom + 3 * s * s * t * (bottom - from)
            + 3 * s * t * t * (top + to) + t * t * t * top;
        for (int i = 0; i < static_cast<int>(layout.nodes.size()); ++i) {
            const DrawnNode& other = node(layout, i);
            if (other.used && i != route.from && i != route.to
                && std::abs(other.x - x) < other.width / 2
                && std::abs(other.y - y) < other.height / 2)
                hit.insert(i);
        }
    }
    return static_cast<int>(hit.size());
}

void check_sound(
    const ComputationalGraph& graph, const CircuitLayout& layout, const std::vector<EdgeId>& edges)
{
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        const DrawnNode& a = layout.nodes[i];
        CAPTURE(a.name);
        CHECK(a.x >= 0);
        CHECK(a.x <= layout.width);
        CHECK(a.y >= 0);
        CHECK(a.y <= layout.height);
        if (!a.used)
            continue;
        CHECK(a.x - a.width / 2 >= 0);
        CHECK(a.x + a.width / 2 <= layout.width + 1e-9);
        CHECK(a.y - a.height / 2 >= -1e-9);
        CHECK(a.y + a.height / 2 <= layout.height + 1e-9);
        for (std::size_t j = i + 1; j < layout.nodes.size(); ++j) {
            const DrawnNode& b = layout.nodes[j];
            const bool apart = !b.used || std::abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-9
                || std::abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-9;
            CHECK(apart);
        }
        if (a.layer < 0)
            continue;
        const auto band = std::ranges::find(layout.bands, a.layer, &LayerBand::layer);
        REQUIRE(band != layout.bands.end());
        CHECK(a.y - a.height / 2 >= band->y);
        CHECK(a.y + a.height / 2 <= band->y + band->height + 1e-9);
    }
    REQUIRE(layout.drawn_of.size() == graph.nodes().size());
    for (const EdgeId id : edges) {
        const int from = drawn(layout, graph.edge(id).source);
        const int to = drawn(layout, graph.edge(id).target);
        if (from == to)
            continue;
        CHECK(node(layout, from).used);
        CHECK(node(layout, to).used);
        CHECK(node(layout, from).y > node(layout, to).y);
        CHECK(find_route(layout, from, to) != nullptr);
    }
}

} // namespace

TEST_CASE("Close together nothing overlaps, all lies inside, every edge rises and has a route")
{
    Random random(1);
    for (const ComputationalGraph& graph : graphs())
        for (const std::size_t count : { 1U, 35U, 100U, 1000U }) {
            const std::vector<EdgeId> edges = edges_in(graph, count, random);
            const CircuitLayout base = lattice_layout(graph);
            check_sound(graph, compact_layout(graph, base, edges), edges);
            Folding folding;
            folding.layers = { 0 };
            check_sound(graph, compact_layout(graph, folded_layout(base, folding), edges), edges);
            check_sound(graph, layered(graph, edges), edges);
        }
}

TEST_CASE("Layers that hold nothing are thin lines, and what remains is as large as it can be")
{
    const ComputationalGraph graph({ 30, 9, 3, 1536 }, { GraphKind::full, 0 });
    const CircuitLayout base = lattice_layout(graph);
    const std::vector<EdgeId> edges{ *graph.find_edge("input->m4"), *graph.find_edge("m4->m20"),
        *graph.find_edge("m20->a21.h7<q>"), *graph.find_edge("a21.h7->logits") };
    const CircuitLayout layout = compact_layout(graph, base, edges);
    for (const LayerBand& band : layout.bands) {
        const bool holds = band.layer == 4 || band.layer == 20 || band.layer == 21;
        CHECK((band.height > 20) == holds);
        CHECK((band.height < 4) == !holds);
    }
    CHECK(layout.height < base.height / 3);
    for (const DrawnNode& drawn : layout.nodes)
        if (drawn.used)
            CHECK(drawn.label == drawn.name);
    // Nothing is known of a run: the lattice is as it was.
    CHECK(compact_layout(graph, base, {}).height == base.height);
}

TEST_CASE("Names are whole at the sizes of real circuits, and short where they would not fit")
{
    Random random(5);
    const ComputationalGraph deep({ 30, 9, 3, 1536 }, { GraphKind::full, 0 });
    for (const std::size_t count : { 35U, 100U, 300U }) {
        const CircuitLayout layout
            = compact_layout(deep, lattice_layout(deep), edges_in(deep, count, random));
        for (const DrawnNode& drawn : layout.nodes)
            CHECK(drawn.label == drawn.name);
    }
    const ComputationalGraph wide({ 2, 40, 40, 64 }, { GraphKind::full, 0 });
    std::vector<EdgeId> all;
    for (std::size_t i = 0; i < wide.edges().size(); ++i)
        all.push_back({ static_cast<std::int32_t>(i) });
    const CircuitLayout layout = compact_layout(wide, lattice_layout(wide), all);
    const auto head = std::ranges::find(layout.nodes, "a1.h17", &DrawnNode::name);
    REQUIRE(head != layout.nodes.end());
    CHECK(head->label == "h17");
}

TEST_CASE("The picture is balanced, and MLPs that follow one another stand side by side")
{
    Random random(7);
    const ComputationalGraph graph({ 30, 9, 3, 1536 }, { GraphKind::full, 0 });
    std::vector<EdgeId> edges = edges_in(graph, 200, random);
    for (int layer = 3; layer < 28; ++layer)
        edges.push_back(*graph.find_edge(
            "m" + std::to_string(layer) + "->m" + std::to_string(layer + 1)));
    const CircuitLayout layout = compact_layout(graph, lattice_layout(graph), edges);
    double left = layout.width;
    double right = 0;
    std::map<int, double> mlp_x;
    for (const DrawnNode& drawn : layout.nodes) {
        if (!drawn.used)
            continue;
        left = std::min(left, drawn.x);
        right = std::max(right, drawn.x);
        if (drawn.kind == DrawnNode::Kind::mlp)
            mlp_x[drawn.layer] = drawn.x;
    }
    CHECK(left == doctest::Approx(layout.width - right));
    REQUIRE(mlp_x.size() > 10);
    for (auto at = mlp_x.begin(), next = std::next(at); next != mlp_x.end(); ++at, ++next)
        CHECK(at->second != next->second);
}

TEST_CASE("Edges go around the nodes that they do not touch")
{
    Random random(3);
    int crossing = 0;
    int straight_crossing = 0;
    int all = 0;
    for (const ComputationalGraph& graph : graphs())
        for (int repetition = 0; repetition < 5; ++repetition) {
            const std::vector<EdgeId> edges = edges_in(graph, 35, random);
            const CircuitLayout layout = compact_layout(graph, lattice_layout(graph), edges);
            for (const EdgeRoute& route : layout.routes) {
                const int hit = rectangles_hit(layout, route);
                CHECK(hit <= nodes_crossed(layout, route));
                ++all;
                crossing += hit > 0 ? 1 : 0;
                straight_crossing
                    += rectangles_hit(layout, EdgeRoute{ route.from, route.to }) > 0 ? 1 : 0;
            }
        }
    CAPTURE(all);
    CAPTURE(straight_crossing);
    CHECK(straight_crossing > all / 8);
    CHECK(crossing <= all / 25);
}

TEST_CASE("No edge leaves the picture, however many there are")
{
    Random random(5);
    for (const ComputationalGraph& graph : graphs()) {
        const std::vector<EdgeId> edges = edges_in(graph, 1000, random);
        for (const CircuitLayout& layout : { compact_layout(graph, lattice_layout(graph), edges),
                 layered(graph, edges) })
            for (const EdgeRoute& route : layout.routes) {
                const DrawnNode& source = node(layout, route.from);
                const DrawnNode& target = node(layout, route.to);
                const double bottom = source.y - source.height / 2;
                const double top = target.y + target.height / 2;
                const double up = std::max((bottom - top) * route.reach_from, least_route_reach);
                const double down = std::max((bottom - top) * route.reach_to, least_route_reach);
                const auto along = [](double t, double from, double first, double second, double to) {
                    const double s = 1 - t;
                    return s * s * s * from + 3 * s * s * t * first + 3 * s * t * t * second
                        + t * t * t * to;
                };
                for (int i = 0; i <= 40; ++i) {
                    const double t = i / 40.0;
                    const double x = along(t, source.x, source.x + route.aside_from,
                        target.x + route.aside_to, target.x);
                    const double y = along(t, bottom, bottom - up, top + down, top);
                    // Between two points that were looked at a curve goes on a little.
                    CHECK(x >= -1);
                    CHECK(x <= layout.width + 1);
                    CHECK(y >= -1);
                    CHECK(y <= layout.height + 1);
                }
            }
    }
}

TEST_CASE("By layers no edge runs through a node")
{
    Random random(4);
    const ComputationalGraph graph({ 30, 9, 3, 1536 }, { GraphKind::full, 0 });
    std::vector<EdgeId> edges = edges_in(graph, 1000, random);
    for (int layer = 0; layer < 30; ++layer) {
        const std::string number = std::to_string(layer);
        edges.push_back(*graph.find_edge("a" + number + ".h0->m" + number));
    }
    const CircuitLayout layout = layered(graph, edges);
    CHECK(layout.form == LayoutForm::layers);
    int crossing = 0;
    for (const EdgeRoute& route : layout.routes)
        crossing += rectangles_hit(layout, route) > 0 ? 1 : 0;
    CHECK(crossing <= static_cast<int>(layout.routes.size()) / 50);
}

TEST_CASE("A layout depends on which edges there are, not on their order")
{
    Random random(6);
    const ComputationalGraph graph({ 12, 12, 12, 3072 }, { GraphKind::full, 0 });
    std::vector<EdgeId> edges = edges_in(graph, 100, random);
    const CircuitLayout one = compact_layout(graph, lattice_layout(graph), edges);
    random.shuffle(edges);
    const CircuitLayout other = compact_layout(graph, lattice_layout(graph), edges);
    REQUIRE(one.nodes.size() == other.nodes.size());
    for (std::size_t i = 0; i < one.nodes.size(); ++i) {
        CHECK(one.nodes[i].name == other.nodes[i].name);
        CHECK(one.nodes[i].x == other.nodes[i].x);
        CHECK(one.nodes[i].y == other.nodes[i].y);
    }
    REQUIRE(one.routes.size() == other.routes.size());
    for (std::size_t i = 0; i < one.routes.size(); ++i)
        CHECK(one.routes[i].aside_from == other.routes[i].aside_from);
}

TEST_CASE("In a matrix every pair of nodes has a cell of its own, in the model's order")
{
    Random random(8);
    for (const ComputationalGraph& graph : graphs()) {
        const CircuitLayout base = lattice_layout(graph);
        const std::vector<EdgeId> edges = edges_in(graph, 80, random);
        const CircuitLayout layout = matrix_layout(graph, base, edges);
        CHECK(layout.form == LayoutForm::matrix);
        std::map<std::pair<double, double>, std::pair<int, int>> cells;
        for (const EdgeId id : edges) {
            const Edge& edge = graph.edge(id);
            const DrawnNode& row = node(layout, drawn(layout, edge.source));
            const DrawnNode& column = node(layout, drawn(layout, edge.target));
            CHECK(row.name == node(base, drawn(base, edge.source)).name);
            CHECK(column.name == node(base, drawn(base, edge.target)).name);
            CHECK(row.used);
            CHECK(column.used);
            CHECK(row.x < column.x);
            CHECK(column.y < row.y);
            const std::pair ends(drawn(base, edge.source), drawn(base, edge.target));
            const auto [cell, is_new] = cells.emplace(std::pair(column.x, row.y), ends);
            CHECK((is_new || cell->second == ends));
        }
        // A layer's rows lie below those of the layers before, its columns to their right.
        for (const DrawnNode& a : layout.nodes)
            for (const DrawnNode& b : layout.nodes) {
                if (!a.used || !b.used || a.layer < 0 || b.layer < 0 || a.layer >= b.layer)
                    continue;
                if (a.x == b.x)
                    CHECK(a.y < b.y);
                if (a.y == b.y)
                    CHECK(a.x < b.x);
            }
        for (const DrawnNode& drawn : layout.nodes)
            if (drawn.used) {
                CHECK(drawn.x + drawn.width / 2 <= layout.width + 1e-9);
                CHECK(drawn.y + drawn.height / 2 <= layout.height + 1e-9);
            }
    }
}
