#include "core/analysis/edge_ages.h"
#include "core/base/random.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace circuitloom;

namespace {

Circuit circuit_of(std::initializer_list<int> edges)
{
    Circuit circuit;
    for (const int edge : edges)
        circuit.push_back({ EdgeId{ edge }, 1.0F });
    return circuit;
}

bool holds(const Circuit& circuit, EdgeId edge)
{
    return std::any_of(circuit.begin(), circuit.end(),
        [&](const ScoredEdge& scored) { return scored.edge == edge; });
}

} // namespace

TEST_CASE("an edge is new, grows old, and is new again after a break")
{
    EdgeAges ages;
    CHECK(ages.at(0).empty());
    ages.add(circuit_of({ 5, 7 }));
    ages.add(circuit_of({ 7, 9 }));
    ages.add(circuit_of({ 9, 7, 5 }));
    CHECK(ages.iterations() == 3);
    CHECK(ages.at(0) == std::vector<int>{ 0, 0 });
    CHECK(ages.at(1) == std::vector<int>{ 1, 0 });
    CHECK(ages.at(2) == std::vector<int>{ 1, 2, 0 });
    CHECK(ages.at(3).empty());
    CHECK(ages.at(-1).empty());
    CHECK(ages.span(EdgeId{ 5 }) == EdgeAges::Span{ 0, 2 });
    CHECK(ages.span(EdgeId{ 9 }) == EdgeAges::Span{ 1, 2 });
    CHECK(!ages.span(EdgeId{ 1 }));
}

TEST_CASE("ages are what counting back says")
{
    Random random(11);
    std::vector<Circuit> circuits;
    EdgeAges ages;
    for (int i = 0; i < 60; ++i) {
        Circuit circuit;
        for (int edge = 0; edge < 12; ++edge)
            if (random.below(4) > 0)
                circuit.push_back({ EdgeId{ edge }, 1.0F });
        circuits.push_back(circuit);
        ages.add(circuit);
    }
    for (std::size_t i = 0; i < circuits.size(); ++i) {
        const std::vector<int> found = ages.at(static_cast<int>(i));
        REQUIRE(found.size() == circuits[i].size());
        for (std::size_t j = 0; j < found.size(); ++j) {
            int back = 0;
            while (back < static_cast<int>(i)
                && holds(circuits[i - static_cast<std::size_t>(back) - 1], circuits[i][j].edge))
                ++back;
            CHECK(found[j] == back);
        }
    }
}
