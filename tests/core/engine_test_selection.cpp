#include "core/base/error.h"
#include "core/discovery/selection.h"
#include "core/graph/edge_order.h"
#include "core/graph/liveness.h"
#include "tests/support/random_edges.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>

using namespace circuitloom;

namespace {

using Names = std::vector<std::string>;

std::vector<float> scores_of(
    const ComputationalGraph& graph, const std::map<std::string, float>& named)
{
    std::vector<float> scores(graph.edges().size(), 0.0f);
    for (const auto& [name, score] : named) {
        const auto edge = graph.find_edge(name);
        REQUIRE_MESSAGE(edge, name);
        scores[static_cast<std::size_t>(edge->value)] = score;
    }
    return scores;
}

Names names(const ComputationalGraph& graph, const Circuit& circuit)
{
    Names result;
    for (const ScoredEdge& scored : circuit)
        result.push_back(graph.edge_name(scored.edge));
    return result;
}

// Few different values, so that ties abound.
std::vector<float> random_scores(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> scores(count);
    for (float& score : scores)
        score = static_cast<float>(random.below(41)) / 20.0f - 1.0f;
    return scores;
}

std::vector<std::size_t> sorted_by(
    std::size_t count, const std::function<double(std::size_t)>& strength)
{
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });
    return order;
}

bool in_circuit_order(const Circuit& circuit)
{
    return std::is_sorted(
        circuit.begin(), circuit.end(), [](const ScoredEdge& a, const ScoredEdge& b) {
            return std::pair(-std::abs(a.score), a.edge) < std::pair(-std::abs(b.score), b.edge);
        });
}

} // namespace

TEST_CASE("the strongest edges by |s| or by s, ties by edge number")
{
    const ComputationalGraph graph({ 3, 4, 2, 8 }, {});
    const auto scores = random_scores(graph.edges().size(), 5);
    for (const bool by_sign : { false, true })
        for (const int n : { 0, 1, 7, 60, 100'000 }) {
            CAPTURE(by_sign);
            CAPTURE(n);
            SelectionOptions options;
            options.n = n;
            options.by_signed_score = by_sign;
            auto order = sorted_by(scores.size(),
                [&](std::size_t e) { return by_sign ? scores[e] : std::abs(scores[e]); });
            order.resize(std::min(order.size(), static_cast<std::size_t>(n)));
            const std::set<std::size_t> expected(order.begin(), order.end());

            const Circuit circuit = select_edges(graph, scores, options);
            CHECK(in_circuit_order(circuit));
            std::set<std::size_t> chosen;
            for (const ScoredEdge& scored : circuit) {
                const auto e = static_cast<std::size_t>(scored.edge.value);
                CHECK(scored.score == scores[e]);
                chosen.insert(e);
            }
            CHECK(chosen == expected);
            if (!by_sign)
                CHECK((circuit == strongest_edges(scores, static_cast<std::size_t>(n))));
        }
}

TEST_CASE("a negative edge is strong by |s| and weak by s")
{
    const ComputationalGraph graph({ 1, 1, 1, 4 }, {});
    const auto scores = scores_of(
        graph, { { "input->logits", -3.0f }, { "input->m0", 1.0f }, { "m0->logits", 2.0f } });
    SelectionOptions options;
    options.n = 2;
    CHECK(names(graph, select_edges(graph, scores, options))
        == Names{ "input->logits", "m0->logits" });
    options.by_signed_score = true;
    CHECK(names(graph, select_edges(graph, scores, options)) == Names{ "m0->logits", "input->m0" });
}

TEST_CASE("every edge at least as strong as the threshold, however many")
{
    const ComputationalGraph graph({ 1, 1, 1, 4 }, {});
    const auto scores = scores_of(graph,
        { { "input->logits", -0.5f }, { "input->m0", 0.25f }, { "m0->logits", 0.5f },
            { "a0.h0->m0", 0.75f } });
    SelectionOptions options;
    options.rule = SelectionRule::threshold;
    options.n = 1;
    options.threshold = 0.5;
    CHECK(names(graph, select_edges(graph, scores, options))
        == Names{ "a0.h0->m0", "input->logits", "m0->logits" });
    options.by_signed_score = true;
    CHECK(names(graph, select_edges(graph, scores, options)) == Names{ "a0.h0->m0", "m0->logits" });
    options.threshold = 1;
    CHECK(select_edges(graph, scores, options).empty());
}

TEST_CASE("the strongest nodes take their best edges in turn")
{
    // Sums of |s|: logits 8 + 2 = 10, m0 as a writer 8, input 3 + 2.5 = 5.5, m0 as a reader
    // 3 + 1 = 4, a0.h0 1 + 2 = 3, a0.h0<k> 2.5.
    const ComputationalGraph graph({ 1, 2, 2, 4 }, {});
    const auto scores = scores_of(graph,
        { { "m0->logits", 8.0f }, { "input->m0", -3.0f }, { "a0.h0->m0", 1.0f },
            { "a0.h0->logits", 2.0f }, { "input->a0.h0<k>", 2.5f } });
    SelectionOptions options;
    options.rule = SelectionRule::top_nodes;
    const auto first = [&](int n) {
        options.n = n;
        return names(graph, select_edges(graph, scores, options));
    };
    CHECK(first(1) == Names{ "m0->logits" });
    CHECK(first(2) == Names{ "m0->logits", "input->m0" }); // m0 has no edge left to give
    CHECK(first(3) == Names{ "m0->logits", "input->m0", "a0.h0->m0" });
    CHECK(first(4) == Names{ "m0->logits", "input->m0", "a0.h0->logits", "a0.h0->m0" });
    CHECK(first(5)
        == Names{ "m0->logits", "input->m0", "input->a0.h0<k>", "a0.h0->logits", "a0.h0->m0" });
    CHECK(first(1000).size() == graph.edges().size());
}

TEST_CASE("top nodes: a literal search over all edges chooses the same")
{
    const ComputationalGraph graph({ 2, 4, 2, 8 }, { GraphKind::full, 4 });
    for (const bool by_sign : { false, true })
        for (const std::uint64_t seed : { 1, 2, 3 }) {
            const auto scores = random_scores(graph.edges().size(), seed);
            const auto touches = [&](std::size_t edge, std::size_t node) {
                const Edge& ends = graph.edges()[edge];
                return ends.source.value == static_cast<int>(node)
                    || ends.target.value == static_cast<int>(node);
            };
            const auto nodes = sorted_by(graph.nodes().size(), [&](std::size_t node) {
                double sum = 0;
                for (std::size_t e = 0; e < scores.size(); ++e)
                    sum += touches(e, node) ? std::abs(scores[e]) : 0;
                return sum;
            });
            std::set<std::size_t> expected;
            SelectionOptions options;
            options.rule = SelectionRule::top_nodes;
            options.by_signed_score = by_sign;
            for (int round = 0; round < 4; ++round)
                for (const std::size_t node : nodes) {
                    std::optional<std::size_t> best;
                    const auto strength
                        = [&](std::size_t e) { return by_sign ? scores[e] : std::abs(scores[e]); };
                    for (std::size_t e = 0; e < scores.size(); ++e)
                        if (touches(e, node) && !expected.contains(e)
                            && (!best || strength(e) > strength(*best)))
                            best = e;
                    if (!best)
                        continue;
                    expected.insert(*best);
                    options.n = static_cast<int>(expected.size());
                    std::set<std::size_t> chosen;
                    for (const ScoredEdge& scored : select_edges(graph, scores, options))
                        chosen.insert(static_cast<std::size_t>(scored.edge.value));
                    CHECK(chosen == expected);
                }
        }
}

TEST_CASE("without cross-layer edges a circuit stays inside layers")
{
    const ComputationalGraph graph({ 3, 2, 2, 8 }, { GraphKind::full, 4 });
    const auto scores = random_scores(graph.edges().size(), 9);
    for (const auto rule :
        { SelectionRule::top_n, SelectionRule::threshold, SelectionRule::top_nodes }) {
        SelectionOptions options;
        options.rule = rule;
        options.n = 1000;
        options.cross_layer = false;
        const Circuit circuit = select_edges(graph, scores, options);
        CHECK(circuit.size() == 3 * 2 * 2); // every head to both groups of its layer
        for (const ScoredEdge& scored : circuit) {
            const Node& source = graph.node(graph.edge(scored.edge).source);
            const Node& target = graph.node(graph.edge(scored.edge).target);
            CHECK(source.layer == target.layer);
            CHECK(source.layer >= 0);
        }
        Random random(1);
        CHECK((random_circuit(graph, scores, options, random) == circuit)); // there are no others
    }
}

TEST_CASE("a pruned circuit has no dead edge and keeps what is alive")
{
    const ComputationalGraph graph({ 2, 2, 1, 8 }, {});
    const auto scores = random_scores(graph.edges().size(), 12);
    for (int n = 1; n < static_cast<int>(graph.edges().size()); n += 3) {
        SelectionOptions options;
        options.n = n;
        const Circuit whole = select_edges(graph, scores, options);
        options.prune_dead = true;
        const Circuit pruned = select_edges(graph, scores, options);
        CHECK((pruned == prune_dead(graph, whole)));
        Random random(2);
        CHECK(random_circuit(graph, scores, options, random).size() == pruned.size());
    }
}

TEST_CASE("random circuits are as large, drawn without repeats, and differ")
{
    const ComputationalGraph graph({ 3, 4, 2, 8 }, {});
    const auto scores = random_scores(graph.edges().size(), 3);
    SelectionOptions options;
    options.n = 40;
    Random random(7);
    std::vector<int> drawn(scores.size());
    constexpr int trials = 400;
    for (int trial = 0; trial < trials; ++trial) {
        const Circuit circuit = random_circuit(graph, scores, options, random);
        REQUIRE(circuit.size() == 40);
        CHECK(in_circuit_order(circuit));
        std::set<EdgeId> different;
        for (const ScoredEdge& scored : circuit) {
            different.insert(scored.edge);
            CHECK(scored.score == scores[static_cast<std::size_t>(scored.edge.value)]);
            ++drawn[static_cast<std::size_t>(scored.edge.value)];
        }
        CHECK(different.size() == 40);
    }
    // Binomial: within six deviations of the expected count for every edge.
    const double share = 40.0 / static_cast<double>(scores.size());
    for (const int count : drawn)
        CHECK(std::abs(count - trials * share) < 6 * std::sqrt(trials * share * (1 - share)));
    Random again(7);
    Random twin(7);
    CHECK((random_circuit(graph, scores, options, again)
        == random_edges(scores, 40, twin))); // one control, whoever asks
}

TEST_CASE("scores that are not finite are refused")
{
    const ComputationalGraph graph({ 1, 1, 1, 4 }, {});
    for (const float bad :
        { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity() }) {
        auto scores = random_scores(graph.edges().size(), 1);
        scores[2] = bad;
        CHECK_THROWS_AS(select_edges(graph, scores, {}), Error);
        Random random(1);
        CHECK_THROWS_AS(random_circuit(graph, scores, {}, random), Error);
    }
}

TEST_CASE("a million edges by every rule")
{
    const ComputationalGraph graph({ 24, 16, 4, 4096 }, { GraphKind::full, 64 });
    REQUIRE(graph.edges().size() > 1'000'000);
    const auto scores = random_scores(graph.edges().size(), 21);
    SelectionOptions options;
    options.n = 5000;
    for (const auto rule : { SelectionRule::top_n, SelectionRule::top_nodes }) {
        options.rule = rule;
        const Circuit circuit = select_edges(graph, scores, options);
        CHECK(circuit.size() == 5000);
        CHECK(in_circuit_order(circuit));
    }
}
