#include "core/analysis/circuit_filter.h"
#include "core/analysis/circuit_weights.h"
#include "core/base/random.h"
#include "core/graph/liveness.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace circuitloom;

namespace {

const ComputationalGraph graph({ 4, 2, 2, 8 }, { GraphKind::full, 4 });

Circuit random_circuit(Random& random, double density)
{
    Circuit circuit;
    for (std::int32_t e = 0; e < static_cast<std::int32_t>(graph.edges().size()); ++e)
        if (random.chance(density))
            circuit.push_back({ { e }, static_cast<float>(random.unit() - 0.5) });
    std::ranges::sort(circuit, [](const ScoredEdge& a, const ScoredEdge& b) {
        return std::abs(a.score) > std::abs(b.score);
    });
    return circuit;
}

bool contains(const Circuit& circuit, EdgeId edge)
{
    return std::ranges::any_of(circuit, [=](const ScoredEdge& s) { return s.edge == edge; });
}

Circuit shown(const Circuit& circuit, const CircuitFilter& filter)
{
    const FilteredCircuit filtered = filter_circuit(graph, circuit, {}, filter);
    CHECK(filtered.left.empty());
    CHECK(filtered.hidden + static_cast<int>(filtered.shown.size())
        == static_cast<int>(circuit.size()));
    return filtered.shown;
}

} // namespace

TEST_CASE("a filter that asks for nothing shows the circuit")
{
    Random random(1);
    const Circuit circuit = random_circuit(random, 0.3);
    CHECK(shown(circuit, {}) == circuit);
    CHECK(shown({}, {}).empty());
}

TEST_CASE("the strongest are the first so many, the share's the fewest that hold it")
{
    Random random(2);
    for (int trial = 0; trial < 50; ++trial) {
        const Circuit circuit = random_circuit(random, random.unit());
        const int n = 1 + static_cast<int>(random.below(40));
        CircuitFilter filter;
        filter.strongest = n;
        const auto kept
            = std::min(static_cast<std::ptrdiff_t>(circuit.size()), std::ptrdiff_t{ n });
        CHECK(shown(circuit, filter) == Circuit(circuit.begin(), circuit.begin() + kept));

        filter = {};
        filter.share = random.unit();
        Circuit held = shown(circuit, filter);
        const double wanted = filter.share * total_strength(circuit);
        CHECK(total_strength(held) >= doctest::Approx(wanted));
        if (!held.empty()) {
            held.pop_back();
            CHECK(total_strength(held) <= doctest::Approx(wanted));
        }
        filter.strongest = n;
        CHECK(shown(circuit, filter).size() <= static_cast<std::size_t>(n));
    }
}

TEST_CASE("threshold, kinds and layers each concern the edge by itself")
{
    Random random(3);
    for (int trial = 0; trial < 50; ++trial) {
        const Circuit circuit = random_circuit(random, 0.5);
        CircuitFilter filter;
        filter.threshold = random.unit() / 2;
        filter.kinds = { random.chance(0.5), random.chance(0.5), random.chance(0.5),
            random.chance(0.5), random.chance(0.5) };
        filter.first_layer = static_cast<int>(random.below(4));
        filter.last_layer = filter.first_layer + static_cast<int>(random.below(3));
        Circuit expected;
        for (const ScoredEdge& scored : circuit) {
            const Edge& edge = graph.edge(scored.edge);
            const Node& source = graph.node(edge.source);
            const Node& target = graph.node(edge.target);
            const std::string name = node_name(target);
            bool kind = name == "logits" ? filter.kinds.logits : filter.kinds.mlp;
            if (name.ends_with("<q>"))
                kind = filter.kinds.query;
            if (name.ends_with("<k>"))
                kind = filter.kinds.key;
            if (name.ends_with("<v>"))
                kind = filter.kinds.value;
            bool layers = true;
            for (const int layer : { source.layer, target.layer })
                if (layer >= 0 && (layer < filter.first_layer || layer > filter.last_layer))
                    layers = false;
            if (kind && layers && std::abs(static_cast<double>(scored.score)) >= filter.threshold)
                expected.push_back(scored);
        }
        CHECK(shown(circuit, filter) == expected);
    }
}

TEST_CASE("connected edges are those that are not dead among what is shown")
{
    Random random(4);
    int fewer = 0;
    for (int trial = 0; trial < 50; ++trial) {
        const Circuit circuit = random_circuit(random, 0.2);
        CircuitFilter filter;
        filter.strongest = 20;
        const Circuit strongest = shown(circuit, filter);
        filter.connected = true;
        const Circuit connected = shown(circuit, filter);
        CHECK(connected == prune_dead(graph, strongest));
        fewer += connected.size() < strongest.size() ? 1 : 0;
    }
    CHECK(fewer > 10);
}

TEST_CASE("what entered and what left are told by the whole circuits, not by what is shown")
{
    Random random(5);
    for (int trial = 0; trial < 50; ++trial) {
        const Circuit now = random_circuit(random, 0.3);
        const Circuit before = random_circuit(random, 0.3);
        CircuitFilter filter;
        filter.strongest = 15;
        const FilteredCircuit all = filter_circuit(graph, now, before, filter);
        CHECK(all.shown == shown(now, filter));
        for (const ScoredEdge& scored : all.left) {
            CHECK_FALSE(contains(now, scored.edge));
            CHECK(contains(shown(before, filter), scored.edge));
        }
        filter.change = CircuitFilter::Change::entered;
        const FilteredCircuit entered = filter_circuit(graph, now, before, filter);
        CHECK(entered.left.empty());
        CHECK(entered.shown.size() <= 15);
        for (const ScoredEdge& scored : entered.shown) {
            CHECK(contains(now, scored.edge));
            CHECK_FALSE(contains(before, scored.edge));
        }
        filter.change = CircuitFilter::Change::left;
        const FilteredCircuit left = filter_circuit(graph, now, before, filter);
        CHECK(left.shown.empty());
        CHECK(left.hidden == static_cast<int>(now.size()));
        for (const ScoredEdge& scored : left.left) {
            CHECK(contains(before, scored.edge));
            CHECK_FALSE(contains(now, scored.edge));
        }
        // Without anything to compare with nothing entered or left, so nothing is hidden for it.
        const Circuit strongest = filter_circuit(graph, now, {}, filter).shown;
        filter.change = CircuitFilter::Change::all;
        CHECK(strongest == shown(now, filter));
    }
}

TEST_CASE("edges in too few resamples are hidden, where the circuit was resampled")
{
    const Circuit circuit{ { { 1 }, 0.9F }, { { 2 }, 0.8F }, { { 3 }, -0.7F }, { { 4 }, 0.6F } };
    const CertainEdges certain{ { { 1 }, { 0.3F, 0, 1 } }, { { 2 }, { 0.9F, 0, 1 } },
        { { 3 }, { 1.0F, -1, 0 } } };
    CircuitFilter filter;
    filter.inclusion = 0.9;
    const auto edges = [&](const CertainEdges& sure) {
        std::vector<int> found;
        const FilteredCircuit filtered = filter_circuit(graph, circuit, {}, filter, sure);
        for (const ScoredEdge& edge : filtered.shown)
            found.push_back(edge.edge.value);
        CHECK(filtered.hidden == 4 - static_cast<int>(found.size()));
        return found;
    };
    CHECK(edges(certain) == std::vector<int>{ 2, 3, 4 }); // nothing is known of the last
    CHECK(edges({}) == std::vector<int>{ 1, 2, 3, 4 });
    filter.strongest = 1;
    CHECK(edges(certain) == std::vector<int>{ 2 }); // the strongest of what is left
    // What is hidden has not left the circuit.
    filter.strongest = 0;
    CHECK(filter_circuit(graph, circuit, circuit, filter, certain).left.empty());
}
