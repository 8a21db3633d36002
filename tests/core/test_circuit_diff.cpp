#include "core/analysis/circuit_diff.h"
#include "core/analysis/circuit_weights.h"
#include "core/analysis/layer_flow.h"
#include "core/analysis/parameter_drift.h"
#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace circuitloom;
using samples::graph;
using doctest::Approx;

namespace {

EdgeId edge(const char* name)
{
    const auto found = graph().find_edge(name);
    REQUIRE(found);
    return *found;
}

std::set<std::string> names(const Components& components, const std::vector<ComponentId>& nodes)
{
    std::set<std::string> found;
    for (const ComponentId node : nodes)
        found.insert(components.name(node));
    return found;
}

/// ½ Σ |w_A − w_B|, by asking of every edge of the graph for its score in both.
double distance_by_double_loop(const Circuit& a, const Circuit& b)
{
    const auto weight = [](const Circuit& circuit, int number) {
        double total = 0;
        double score = 0;
        for (const ScoredEdge& scored : circuit) {
            total += std::abs(scored.score);
            if (scored.edge.value == number)
                score = scored.score;
        }
        return total > 0 ? score / total : 0;
    };
    double sum = 0;
    for (int number = 0; number < static_cast<int>(graph().edges().size()); ++number)
        sum += std::abs(weight(a, number) - weight(b, number));
    return sum / 2;
}

double distance(const Circuit& a, const Circuit& b)
{
    return weighted_distance(circuit_weights(a), circuit_weights(b));
}

} // namespace

TEST_CASE("rank correlation: SciPy's spearmanr, ties among the values")
{
    // scipy 1.17.1: spearmanr(a, b).statistic and rankdata(a).
    const std::vector<double> a{ 0.9, -0.4, 0.35, 0.35, -0.2, 0.1, 0.1, 0.1, -0.05, 0.0 };
    const std::vector<double> b{ 0.5, -0.6, 0.40, 0.10, -0.3, 0.1, 0.2, 0.1, -0.30, 0.7 };
    CHECK(*rank_correlation(a, b) == Approx(0.66875).epsilon(1e-12));
    CHECK(mean_ranks(a) == std::vector<double>{ 10, 1, 8.5, 8.5, 2, 6, 6, 6, 3, 4 });
    const std::vector<double> c{ 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5 };
    const std::vector<double> d{ 2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4 };
    CHECK(*rank_correlation(c, d) == Approx(0.1384567651467695).epsilon(1e-12));
}

TEST_CASE("rank correlation: the order alone counts")
{
    Random random(1);
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 200; ++i) {
        a.push_back(std::round(20 * random.unit()) - 10);
        b.push_back(a.back() + 10 * random.unit());
    }
    const double r = *rank_correlation(a, b);
    CHECK(r > 0.5);
    CHECK(*rank_correlation(b, a) == Approx(r));
    std::vector<double> monotone;
    std::vector<double> reversed;
    for (const double value : a) {
        monotone.push_back(std::exp(value) + 3);
        reversed.push_back(-value * value * value);
    }
    CHECK(*rank_correlation(monotone, b) == Approx(r));
    CHECK(*rank_correlation(reversed, b) == Approx(-r));
    CHECK(*rank_correlation(a, monotone) == Approx(1));
    CHECK(*rank_correlation(a, reversed) == Approx(-1));
}

TEST_CASE("rank correlation is not defined for fewer than two pairs, or values that are all equal")
{
    const std::vector<double> none;
    const std::vector<double> one{ 1 };
    const std::vector<double> same{ 2, 2, 2 };
    const std::vector<double> three{ 1, 2, 3 };
    CHECK_FALSE(rank_correlation(none, none));
    CHECK_FALSE(rank_correlation(one, one));
    CHECK_FALSE(rank_correlation(same, three));
    CHECK_FALSE(rank_correlation(three, same));
}

TEST_CASE("components: a head and its q, k and v are one node; a shared key/value head is its own")
{
    const Components components(graph()); // 4 heads on 2 key/value heads, groups of 4 of 8 neurons
    const auto component = [&](const char* edge_name, bool source) {
        const Edge& found = graph().edge(edge(edge_name));
        return components.name(components.of(source ? found.source : found.target));
    };
    CHECK(component("a0.h3->a1.h3<q>", true) == "a0.h3");
    CHECK(component("a0.h3->a1.h3<q>", false) == "a1.h3");
    CHECK(component("a0.h3->a1.h1<k>", false) == "a1.kv1");
    CHECK(component("a0.h3->a1.h1<v>", false) == "a1.kv1");
    CHECK(component("a0.h3->m1.g1", false) == "m1.g1");
    CHECK(component("m1.g1->logits", true) == "m1.g1");
    CHECK(component("input->logits", true) == "input");
    CHECK(component("input->logits", false) == "logits");
    CHECK(components.names().size() == 3 * (4 + 2 + 2) + 2);

    const Components plain(ComputationalGraph({ 2, 3, 3, 8 }, {}));
    CHECK(plain.names().size() == 2 * (3 + 1) + 2);
}

TEST_CASE("two circuits: what was kept, entered and left, worked out by hand")
{
    const Components components(graph());
    const Circuit from{ { edge("input->m0.g0"), 0.5f }, { edge("m0.g0->logits"), -0.3f },
        { edge("a0.h1->a1.h2<q>"), 0.2f } };
    const Circuit to{ { edge("m0.g0->logits"), 0.6f }, { edge("input->m0.g0"), 0.2f },
        { edge("a0.h1->a1.h0<k>"), -0.1f }, { edge("a0.h2->m0.g1"), 0.1f } };
    const CircuitDiff diff = circuit_diff(graph(), components, from, to);
    CHECK(std::set(diff.edges.kept.begin(), diff.edges.kept.end())
        == std::set{ edge("input->m0.g0"), edge("m0.g0->logits") });
    CHECK(diff.edges.left == std::vector{ edge("a0.h1->a1.h2<q>") });
    CHECK(diff.edges.entered.size() == 2);
    CHECK(diff.edges.jaccard() == Approx(2.0 / 5));
    CHECK(diff.turned == 1);
    CHECK(names(components, diff.nodes.kept)
        == std::set<std::string>{ "input", "m0.g0", "logits", "a0.h1" });
    CHECK(names(components, diff.nodes.left) == std::set<std::string>{ "a1.h2" });
    CHECK(names(components, diff.nodes.entered)
        == std::set<std::string>{ "a1.kv0", "a0.h2", "m0.g1" });
    CHECK(diff.nodes.jaccard() == Approx(4.0 / 8));
    // Shared: (0.5, -0.3) became (0.2, 0.6).
    CHECK(*diff.rank_correlation == Approx(-1));
    CHECK(*diff.strength_correlation == Approx(-1));
    // Both sum to 1: ½ (|0.5 − 0.2| + |−0.3 − 0.6| + 0.2 + 0.1 + 0.1)
    CHECK(diff.distance == Approx(0.8));
}

TEST_CASE("a difference has two sides, and none from itself")
{
    const Components components(graph());
    for (int i = 0; i < 20; ++i) {
        const Circuit a = samples::circuit(i, 30);
        const Circuit b = samples::circuit(i + 100, 20);
        const CircuitDiff there = circuit_diff(graph(), components, a, b);
        const CircuitDiff back = circuit_diff(graph(), components, b, a);
        CHECK(there.edges.kept == back.edges.kept);
        CHECK(there.edges.entered == back.edges.left);
        CHECK(there.edges.left == back.edges.entered);
        CHECK(there.nodes.entered == back.nodes.left);
        CHECK(there.edges.jaccard() == back.edges.jaccard());
        CHECK(there.nodes.jaccard() == back.nodes.jaccard());
        CHECK(there.rank_correlation == back.rank_correlation);
        CHECK(there.distance == Approx(back.distance));
        CHECK(there.edges.kept.size() + there.edges.left.size() == a.size());
        CHECK(there.edges.kept.size() + there.edges.entered.size() == b.size());

        const CircuitDiff none = circuit_diff(graph(), components, a, a);
        CHECK(none.edges.jaccard() == 1);
        CHECK(none.nodes.jaccard() == 1);
        CHECK(*none.rank_correlation == Approx(1));
        CHECK(none.distance == 0);
    }
    const CircuitDiff empty = circuit_diff(graph(), components, {}, {});
    CHECK(empty.edges.jaccard() == 1);
    CHECK(empty.distance == 0);
    CHECK_FALSE(empty.rank_correlation);
    CHECK(circuit_diff(graph(), components, {}, samples::circuit(1)).edges.jaccard() == 0);
}

TEST_CASE("weighted distance: a literal sum over the graph, its range and its symmetry")
{
    for (int i = 0; i < 20; ++i) {
        const Circuit a = samples::circuit(i, 60);
        const Circuit b = samples::circuit(i + 50, 90);
        const Circuit c = samples::circuit(i + 150, 75);
        CHECK(distance(a, b) == Approx(distance_by_double_loop(a, b)).epsilon(1e-12));
        CHECK(distance(a, b) <= 1);
        CHECK(distance(a, b) == Approx(distance(b, a)));
        CHECK(distance(a, c) <= distance(a, b) + distance(b, c) + 1e-12);
    }
    Circuit scaled = samples::circuit(3);
    Circuit turned = samples::circuit(3);
    for (ScoredEdge& scored : scaled)
        scored.score *= 8; // a power of two: exact
    for (ScoredEdge& scored : turned)
        scored.score *= -1;
    CHECK(distance(samples::circuit(3), scaled) == 0);
    CHECK(distance(samples::circuit(3), turned) == Approx(1));
    CHECK(distance({ { { 1 }, 0.5f } }, { { { 2 }, 0.5f } }) == 1);
    CHECK(distance({ { { 1 }, 0.0f } }, { { { 2 }, 0.5f } }) == 0.5);
    CHECK(distance({ { { 1 }, 0.0f } }, {}) == 0);
}

TEST_CASE("entropy: SciPy's in nats; ln n where n edges are equal; 0 for one")
{
    const auto entropy
        = [](const Circuit& circuit) { return weight_entropy(circuit_weights(circuit)); };
    // scipy 1.17.1: entropy([0.4, 0.3, 0.2, 0.1]). The sign of a score does not count.
    CHECK(*entropy({ { { 1 }, 4.0f }, { { 2 }, -3.0f }, { { 3 }, 2.0f }, { { 9 }, -1.0f } })
        == Approx(1.2798542258336676).epsilon(1e-12));
    Circuit equal;
    for (int i = 0; i < 37; ++i)
        equal.push_back({ { i }, i % 2 == 0 ? 0.25f : -0.25f });
    CHECK(*entropy(equal) == Approx(std::log(37.0)));
    CHECK(*entropy({ { { 1 }, 0.7f } }) == 0);
    CHECK(*entropy({ { { 1 }, 0.7f }, { { 2 }, 0.0f } }) == 0);
    CHECK_FALSE(entropy({ { { 1 }, 0.0f } }));
    CHECK_FALSE(entropy({}));
}

TEST_CASE("layer flow: from where to where, by hand")
{
    LayerFlow flow(3);
    flow.add(graph(),
        { { edge("input->m0.g0"), -0.5f }, { edge("a0.h1->m0.g1"), 0.25f },
            { edge("a0.h1->a2.h0<v>"), 0.25f }, { edge("m1.g0->logits"), 0.5f },
            { edge("input->logits"), -0.5f } });
    CHECK(flow.at(0, 0) == 0.5); // input to layer 0
    CHECK(flow.at(1, 0) == 0.25); // inside layer 0
    CHECK(flow.at(1, 2) == 0.25);
    CHECK(flow.at(2, 3) == 0.5); // layer 1 to the logits
    CHECK(flow.at(0, 3) == 0.5);
    CHECK(flow.total() == 2);
    CHECK(flow.share(0, 3) == 0.25);
    flow.add(graph(), { { edge("m0.g1->a2.h1<k>"), 2.0f } });
    CHECK(flow.at(1, 2) == 2.25);

    LayerFlow all(3);
    const Circuit circuit = samples::circuit(5, 80);
    all.add(graph(), circuit);
    CHECK(all.total() == Approx(total_strength(circuit)));
    CHECK(LayerFlow(2).share(0, 0) == 0);
}

TEST_CASE("by chance, two circuits share a·b/E edges")
{
    CHECK(jaccard_by_chance(30, 30, 30) == 1);
    CHECK(jaccard_by_chance(10, 20, 100) == Approx(2.0 / 28));
    CHECK(jaccard_by_chance(0, 0, 100) == 1);

    double shared = 0;
    constexpr int draws = 400;
    for (int i = 0; i < draws; ++i)
        shared += static_cast<double>(circuit_diff(
            graph(), Components(graph()), samples::circuit(i, 40), samples::circuit(1000 + i, 60))
                                          .edges.kept.size());
    const auto all = static_cast<double>(graph().edges().size());
    const double expected = 40.0 * 60.0 / all;
    CHECK(shared / draws == Approx(expected).epsilon(0.1));
    CHECK(jaccard_by_chance(40, 60, static_cast<std::int64_t>(all))
        == Approx(expected / (100 - expected)));
}

TEST_CASE("parameter drift: a relative Frobenius norm over all slices")
{
    const std::vector<float> before{ 3, 0, 4 }; // norm 5
    const std::vector<float> after{ 3, 1, 2 }; // moved by √5
    ParameterDrift drift;
    drift.add(before, after);
    CHECK(*drift.relative() == Approx(std::sqrt(5.0) / 5));
    const std::vector<float> bias{ 12 };
    const std::vector<float> moved_bias{ 10 };
    drift.add(bias, moved_bias); // √(5 + 4) / √(25 + 144)
    CHECK(*drift.relative() == Approx(3.0 / 13));
    CHECK(drift.absolute() == Approx(3));

    ParameterDrift still;
    CHECK(*still.relative() == 0);
    still.add(before, before);
    CHECK(*still.relative() == 0);
    ParameterDrift from_zero;
    from_zero.add(std::vector<float>{ 0, 0 }, std::vector<float>{ 0, 1 });
    CHECK_FALSE(from_zero.relative());
    CHECK_THROWS_AS(from_zero.add(before, bias), Error);
}
