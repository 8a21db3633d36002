#include "core/layout/node_room.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace circuitloom;

namespace {

DrawnNode node(double x, double y, double width, double height, int layer = 0)
{
    DrawnNode drawn;
    drawn.layer = layer;
    drawn.x = x;
    drawn.y = y;
    drawn.width = width;
    drawn.height = height;
    return drawn;
}

bool overlap(const DrawnNode& a, const DrawnNode& b, double up, double across)
{
    return std::abs(a.x - b.x) < across * (a.width + b.width) / 2
        && std::abs(a.y - b.y) < up * (a.height + b.height) / 2;
}

/// Whether two nodes overlap where all are so much taller and wider.
bool any_overlap(const CircuitLayout& layout, double up, double across)
{
    for (std::size_t i = 0; i < layout.nodes.size(); ++i)
        for (std::size_t j = i + 1; j < layout.nodes.size(); ++j)
            if (overlap(layout.nodes[i], layout.nodes[j], up, across))
                return true;
    return false;
}

} // namespace

TEST_CASE("the room of nodes side by side, one over the other, in their band and in the picture")
{
    CircuitLayout layout;
    layout.width = 100;
    layout.height = 60;
    layout.bands = { { 0, 0, 30, 100, 30 }, { 1, 0, 0, 100, 28 } };
    layout.nodes = { node(20, 45, 10, 8), node(50, 45, 10, 8), node(50, 15, 10, 8, 1) };
    const NodeRoom room = room_of(layout);
    CHECK(room.across == doctest::Approx(3)); // 30 apart, 10 wide
    CHECK(room.up == doctest::Approx(30.0 / 8));
    CHECK(room.in_bands == doctest::Approx(13.0 / 4)); // the upper one's, to the band's end

    SUBCASE("the picture's side may be nearer")
    {
        layout.nodes[0].x = 7;
        CHECK(room_of(layout).across == doctest::Approx(7.0 / 5));
    }
    SUBCASE("a place that no edge touches takes none")
    {
        layout.nodes.push_back(node(35, 45, 10, 8));
        layout.nodes.back().used = false;
        CHECK(room_of(layout).across == doctest::Approx(3));
    }
    SUBCASE("what stands in no layer is not measured, and without a node nothing is")
    {
        layout.nodes = { node(50, 45, 10, 8, -1) };
        CHECK(room_of(layout).up == 0);
        CHECK(room_of(layout).across == 0);
    }
}

TEST_CASE("nodes that grow by no more than their room do not touch")
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> step(0, 6);
    for (int round = 0; round < 200; ++round) {
        CircuitLayout layout;
        layout.width = 400;
        layout.height = 300;
        // Rows and columns of cells, with a node somewhere within each cell.
        for (int row = 0; row < 5; ++row)
            for (int column = 0; column < 8; ++column)
                layout.nodes.push_back(node(40 + 44 * column + step(random),
                    30 + 40 * row + step(random), 10 + step(random), 8 + step(random), row));
        const NodeRoom room = room_of(layout);
        REQUIRE(room.up >= 1);
        REQUIRE(room.across >= 1);
        CHECK_FALSE(any_overlap(layout, 0.999 * room.up, 0.999 * room.across));
        // Not more than that either: one pair, or one at a side, is in the way.
        bool at_side = false;
        for (const DrawnNode& drawn : layout.nodes)
            at_side = at_side
                || std::min(drawn.x, layout.width - drawn.x) < 1.001 * room.across * drawn.width / 2;
        CHECK((at_side || any_overlap(layout, 0.999 * room.up, 1.001 * room.across)));
        CHECK(any_overlap(layout, 1.001 * room.up, 1e6));
    }
}
