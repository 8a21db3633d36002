#include "core/layout/folded_layout.h"
#include "core/layout/lattice_layout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace circuitloom;

namespace {

const ComputationalGraph graph({ 5, 8, 4, 192 }, { GraphKind::full, 32 });

const DrawnNode& drawn(const CircuitLayout& layout, std::size_t node)
{
    return layout.nodes.at(static_cast<std::size_t>(layout.drawn_of.at(node)));
}

const DrawnNode* find(const CircuitLayout& layout, const std::string& name)
{
    const auto at = std::ranges::find(layout.nodes, name, &DrawnNode::name);
    return at == layout.nodes.end() ? nullptr : &*at;
}

bool same(const CircuitLayout& a, const CircuitLayout& b)
{
    return a.width == b.width && a.height == b.height && a.drawn_of == b.drawn_of
        && a.bands.size() == b.bands.size()
        && std::ranges::equal(a.nodes, b.nodes, [](const DrawnNode& x, const DrawnNode& y) {
               return x.name == y.name && x.x == y.x && x.y == y.y && x.label == y.label;
           });
}

int overlaps(const CircuitLayout& layout)
{
    int found = 0;
    for (std::size_t i = 0; i < layout.nodes.size(); ++i)
        for (std::size_t j = i + 1; j < layout.nodes.size(); ++j) {
            const DrawnNode& a = layout.nodes[i];
            const DrawnNode& b = layout.nodes[j];
            found += std::abs(a.x - b.x) < (a.width + b.width) / 2
                    && std::abs(a.y - b.y) < (a.height + b.height) / 2
                ? 1
                : 0;
        }
    return found;
}

} // namespace

TEST_CASE("nothing folded changes nothing")
{
    const CircuitLayout base = lattice_layout(graph);
    CHECK(same(folded_layout(base, {}), base));
    CHECK(same(folded_layout(base, { { { "unfolded", { "a1.h2" }, false } }, {}, {} }), base));
    CHECK(same(folded_layout(base, { { { "nowhere", { "a9.h2", "x" }, true } }, {}, {} }), base));
    CHECK(same(folded_layout(base, { { { "ends", { "input", "logits" }, true } }, {}, {} }), base));
}

TEST_CASE("the members of a supernode are one node among theirs, and the others stay")
{
    const CircuitLayout base = lattice_layout(graph);
    const std::vector<std::string> members{ "a1.h2", "a1.h4", "a3.h3", "m2.g1", "a2.kv1" };
    const CircuitLayout layout = folded_layout(base, { { { "pair", members, true } }, {}, {} });
    const DrawnNode* pair = find(layout, "pair");
    REQUIRE(pair);
    CHECK(pair->label == "pair");
    CHECK(pair->kind == DrawnNode::Kind::group);
    CHECK(layout.nodes.size() == base.nodes.size() - members.size() + 1);
    double left = 1e9;
    double right = 0;
    double top = 1e9;
    double bottom = 0;
    for (std::size_t node = 0; node < graph.nodes().size(); ++node) {
        const DrawnNode& before = drawn(base, node);
        const DrawnNode& after = drawn(layout, node);
        if (std::ranges::count(members, before.name) > 0) {
            CHECK(&after == pair);
            left = std::min(left, before.x);
            right = std::max(right, before.x);
            top = std::min(top, before.y);
            bottom = std::max(bottom, before.y);
        } else {
            CHECK(after.name == before.name);
            CHECK(after.x == before.x);
            CHECK(after.y == before.y);
        }
    }
    CHECK(pair->x >= left);
    CHECK(pair->x <= right);
    CHECK(pair->y >= top);
    CHECK(pair->y <= bottom);
    CHECK(overlaps(layout) == 0);
}

TEST_CASE("a node belongs to the first fold that has it")
{
    const CircuitLayout base = lattice_layout(graph);
    const CircuitLayout layout = folded_layout(base,
        { { { "first", { "a1.h2", "a1.h3" }, true }, { "second", { "a1.h3", "a1.h4" }, true } },
            { 1 }, { 1, 2 } });
    const auto name_of = [&](const Node& node) {
        return drawn(layout, static_cast<std::size_t>(graph.find_node(node)->value)).name;
    };
    CHECK(name_of({ NodeKind::head, 1, 2 }) == "first");
    CHECK(name_of({ NodeKind::head, 1, 3 }) == "first");
    CHECK(name_of({ NodeKind::head, 1, 4 }) == "second");
    CHECK(name_of({ NodeKind::head, 1, 5 }) == "layer 1");
    CHECK(name_of({ NodeKind::mlp_group, 1, 0 }) == "layer 1");
    CHECK(name_of({ NodeKind::mlp_group, 2, 0 }) == "m2");
    CHECK(name_of({ NodeKind::head, 2, 0 }) == "a2.h0");
    CHECK(find(layout, "m1") == nullptr);
}

TEST_CASE("a folded layer takes one row, and all else keeps its distances")
{
    const CircuitLayout base = lattice_layout(graph);
    const CircuitLayout layout = folded_layout(base, { {}, { 1, 3 }, {} });
    CHECK(layout.height < base.height);
    CHECK(layout.width == base.width);
    CHECK(overlaps(layout) == 0);
    REQUIRE(layout.bands.size() == base.bands.size());
    for (std::size_t i = 0; i < layout.bands.size(); ++i) {
        const LayerBand& band = layout.bands[i];
        const bool folded = band.layer == 1 || band.layer == 3;
        CHECK((band.height < base.bands[i].height) == folded);
        if (i > 0) {
            const auto gap = [i](const CircuitLayout& in) {
                return in.bands[i - 1].y - in.bands[i].y - in.bands[i].height;
            };
            CHECK(gap(layout) == doctest::Approx(gap(base)));
        }
    }
    for (const DrawnNode& node : layout.nodes) {
        CHECK(node.y + node.height / 2 <= layout.height + 1e-9);
        if (node.layer < 0)
            continue;
        const LayerBand& band = layout.bands[static_cast<std::size_t>(node.layer)];
        CHECK(node.y - node.height / 2 >= band.y);
        CHECK(node.y + node.height / 2 <= band.y + band.height);
    }
    for (std::size_t node = 0; node < graph.nodes().size(); ++node)
        CHECK(drawn(layout, node).x
            == (drawn(layout, node).kind == DrawnNode::Kind::group ? drawn(layout, node).x
                                                                   : drawn(base, node).x));
    const DrawnNode* logits = find(layout, "logits");
    const DrawnNode* input = find(layout, "input");
    REQUIRE(logits);
    REQUIRE(input);
    CHECK(layout.bands.back().y - logits->y
        == doctest::Approx(base.bands.back().y - find(base, "logits")->y));
    CHECK(input->y - layout.bands.front().y - layout.bands.front().height
        == doctest::Approx(
            find(base, "input")->y - base.bands.front().y - base.bands.front().height));
}

TEST_CASE("everything folded still stands in order")
{
    const CircuitLayout base = lattice_layout(graph);
    const CircuitLayout layout = folded_layout(base, { {}, { 0, 1, 2, 3, 4 }, {} });
    REQUIRE(layout.nodes.size() == 7);
    CHECK(layout.nodes.front().name == "input");
    CHECK(layout.nodes[1].name == "layer 0");
    CHECK(layout.nodes.back().name == "logits");
    for (std::size_t i = 1; i < layout.nodes.size(); ++i)
        CHECK(layout.nodes[i].y < layout.nodes[i - 1].y);
}
