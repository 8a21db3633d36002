#include <doctest/doctest.h>

#include "core/layout/lattice_layout.h"

#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

struct Case
{
    const char* name;
    GraphShape shape;
    GraphOptions options;
};

const std::vector<Case> cases{
    { "demo", { 4, 8, 8, 512 }, { GraphKind::full, 32 } },
    { "GPT-2 small", { 12, 12, 12, 3072 }, { GraphKind::full, 0 } },
    { "GPT-2 small, paper", { 12, 12, 12, 3072 }, { GraphKind::paper, 0 } },
    { "GPT-2 small, groups", { 12, 12, 12, 3072 }, { GraphKind::full, 64 } },
    { "Llama, grouped queries", { 5, 8, 4, 192 }, { GraphKind::full, 32 } },
    { "one head", { 1, 1, 1, 64 }, { GraphKind::full, 0 } },
    { "many groups", { 2, 40, 8, 4128 }, { GraphKind::full, 32 } },
};

bool overlap(const DrawnNode& a, const DrawnNode& b)
{
    return std::abs(a.x - b.x) < (a.width + b.width) / 2
        && std::abs(a.y - b.y) < (a.height + b.height) / 2;
}

const DrawnNode* find(const CircuitLayout& layout, const std::string& name)
{
    for (const DrawnNode& node : layout.nodes)
        if (node.name == name)
            return &node;
    return nullptr;
}

} // namespace

TEST_CASE("No two nodes overlap and everything lies inside the layout")
{
    for (const Case& c : cases) {
        CAPTURE(c.name);
        const CircuitLayout layout = lattice_layout(ComputationalGraph(c.shape, c.options));
        for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
            const DrawnNode& node = layout.nodes[i];
            CHECK(node.width > 0);
            CHECK(node.height > 0);
            CHECK(node.x - node.width / 2 >= 0);
            CHECK(node.x + node.width / 2 <= layout.width);
            CHECK(node.y - node.height / 2 >= -1e-9);
            CHECK(node.y + node.height / 2 <= layout.height + 1e-9);
            for (std::size_t j = i + 1; j < layout.nodes.size(); ++j)
                CHECK_FALSE(overlap(node, layout.nodes[j]));
        }
    }
}

TEST_CASE("Every node lies in its layer's band, and later layers lie higher")
{
    for (const Case& c : cases) {
        CAPTURE(c.name);
        const CircuitLayout layout = lattice_layout(ComputationalGraph(c.shape, c.options));
        REQUIRE(static_cast<int>(layout.bands.size()) == c.shape.layers);
        for (std::size_t i = 0; i < layout.bands.size(); ++i) {
            CHECK(layout.bands[i].layer == static_cast<int>(i));
            if (i > 0)
                CHECK(layout.bands[i].y + layout.bands[i].height < layout.bands[i - 1].y);
        }
        for (const DrawnNode& node : layout.nodes) {
            if (node.layer < 0)
                continue;
            const LayerBand& band = layout.bands[static_cast<std::size_t>(node.layer)];
            CHECK(node.y - node.height / 2 > band.y);
            CHECK(node.y + node.height / 2 < band.y + band.height);
        }
    }
}

TEST_CASE("The input is below every layer and the logits above, where the graph has them")
{
    for (const Case& c : cases) {
        CAPTURE(c.name);
        const CircuitLayout layout = lattice_layout(ComputationalGraph(c.shape, c.options));
        const DrawnNode* input = find(layout, "input");
        const DrawnNode* logits = find(layout, "logits");
        const bool ends = c.options.kind == GraphKind::full;
        REQUIRE((input != nullptr) == ends);
        REQUIRE((logits != nullptr) == ends);
        if (!ends)
            continue;
        for (const LayerBand& band : layout.bands) {
            CHECK(input->y - input->height / 2 > band.y + band.height);
            CHECK(logits->y + logits->height / 2 < band.y);
        }
    }
}

TEST_CASE("Every edge rises from its source to its target")
{
    for (const Case& c : cases) {
        CAPTURE(c.name);
        const ComputationalGraph graph(c.shape, c.options);
        const CircuitLayout layout = lattice_layout(graph);
        REQUIRE(layout.drawn_of.size() == graph.nodes().size());
        std::size_t falling = 0;
        for (const Edge& edge : graph.edges()) {
            const auto drawn = [&](NodeId id) -> const DrawnNode& {
                const int index = layout.drawn_of.at(static_cast<std::size_t>(id.value));
                return layout.nodes.at(static_cast<std::size_t>(index));
            };
            if (drawn(edge.source).y <= drawn(edge.target).y)
                ++falling;
        }
        CHECK(falling == 0);
    }
}

TEST_CASE("A drawn node stands for the graph's nodes of its name")
{
    const ComputationalGraph graph({ 5, 8, 4, 192 }, { GraphKind::full, 32 });
    const CircuitLayout layout = lattice_layout(graph);
    for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
        const Node& node = graph.nodes()[i];
        const DrawnNode& drawn = layout.nodes[static_cast<std::size_t>(layout.drawn_of[i])];
        std::string expected = node_name(node);
        if (node.kind == NodeKind::key || node.kind == NodeKind::value)
            expected = "a" + std::to_string(node.layer) + ".kv" + std::to_string(node.index);
        else
            expected = expected.substr(0, expected.find('<'));
        CHECK(drawn.name == expected);
    }
    std::set<std::string> names;
    for (const DrawnNode& node : layout.nodes)
        CHECK(names.insert(node.name).second);
}

TEST_CASE("Without grouped queries a head's key and value are drawn at the head")
{
    const ComputationalGraph graph({ 2, 3, 3, 64 }, { GraphKind::full, 0 });
    const CircuitLayout layout = lattice_layout(graph);
    const auto at = [&](NodeKind kind) {
        return layout.drawn_of[static_cast<std::size_t>(graph.find_node({ kind, 1, 2 })->value)];
    };
    CHECK(at(NodeKind::key) == at(NodeKind::head));
    CHECK(at(NodeKind::value) == at(NodeKind::head));
    CHECK(at(NodeKind::query) == at(NodeKind::head));
    for (const DrawnNode& node : layout.nodes)
        CHECK(node.kind != DrawnNode::Kind::kv_head);
}
