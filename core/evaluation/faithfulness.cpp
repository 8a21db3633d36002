#include "core/evaluation/faithfulness.h"

#include "core/base/random.h"
#include "core/graph/liveness.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace circuitloom {

namespace {

// Differences of the metric below this share of its size are rounding.
constexpr double rounding = 1e-6;
constexpr double near_zero_share = 0.01;

int count(const EdgeSet& edges)
{
    return static_cast<int>(std::ranges::count(edges, true));
}

EdgeSet live_part(const ComputationalGraph& graph, const EdgeSet& set)
{
    std::vector<EdgeId> edges;
    for (std::size_t e = 0; e < set.size(); ++e)
        if (set[e])
            edges.push_back({ static_cast<std::int32_t>(e) });
    return live_edges(graph, edges);
}

} // namespace

std::optional<double> MetricRange::faithfulness(double metric) const
{
    const double width = whole - empty;
    const double size = std::max(std::abs(whole), std::abs(empty));
    if (!std::isfinite(metric) || !std::isfinite(width) || std::abs(width) <= rounding * size)
        return std::nullopt;
    return (metric - empty) / width + 0.0; // 0 rather than -0
}

MetricRange metric_range(
    const CircuitRuns& runs, const HiddenMetric& metric, const CircuitRuns::Progress& progress)
{
    const std::size_t edges = runs.graph().edges().size();
    const EdgeSet ends[] = { EdgeSet(edges, true), EdgeSet(edges, false) };
    const auto values = runs.metric(ends, metric, progress);
    return { values[0], values[1] };
}

EdgeSet live_edges(const ComputationalGraph& graph, std::span<const EdgeId> edges)
{
    Circuit circuit;
    for (const EdgeId edge : edges)
        circuit.push_back({ edge, 0 });
    EdgeSet live(graph.edges().size());
    for (const ScoredEdge& scored : prune_dead(graph, circuit))
        live[static_cast<std::size_t>(scored.edge.value)] = true;
    return live;
}

FaithfulnessCurve faithfulness_curve(const CircuitRuns& runs, const HiddenMetric& metric,
    const MetricRange& range, std::span<const EdgeId> ranking,
    const CircuitRuns::Progress& progress)
{
    FaithfulnessCurve curve;
    std::vector<EdgeSet> circuits;
    for (const double share : faithfulness_shares) {
        const auto edges = static_cast<std::size_t>(share * static_cast<double>(ranking.size()));
        circuits.push_back(live_edges(runs.graph(), ranking.first(edges)));
        curve.points.push_back(
            { share, static_cast<int>(edges), count(circuits.back()), 0, std::nullopt });
    }
    const auto metrics = runs.metric(circuits, metric, progress);
    std::vector<double> shares, faithfulness, distance;
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        FaithfulnessPoint& point = curve.points[i];
        point.metric = metrics[i];
        point.faithfulness = range.faithfulness(metrics[i]);
        if (!point.faithfulness)
            continue;
        shares.push_back(point.share);
        faithfulness.push_back(*point.faithfulness);
        distance.push_back(std::abs(1 - *point.faithfulness));
    }
    if (shares.size() == curve.points.size()) {
        curve.cpr = trapezoid(shares, faithfulness);
        curve.cmd = trapezoid(shares, distance);
    }
    return curve;
}

CircuitFigures judge_circuit(const CircuitRuns& runs, const HiddenMetric& metric,
    const MetricRange& range, std::span<const EdgeId> edges, int minimality_edges,
    std::uint64_t seed, const CircuitRuns::Progress& progress, Complement complement)
{
    const EdgeSet circuit = live_edges(runs.graph(), edges);
    std::vector<std::size_t> taken_out;
    for (std::size_t e = 0; e < circuit.size(); ++e)
        if (circuit[e])
            taken_out.push_back(e);
    CircuitFigures figures;
    figures.edges = static_cast<int>(edges.size());
    figures.live = static_cast<int>(taken_out.size());
    const auto most = static_cast<std::size_t>(std::max(minimality_edges, 0));
    if (taken_out.size() > most) {
        Random random(seed);
        random.shuffle(taken_out);
        taken_out.resize(most);
    }

    std::vector<EdgeSet> sets{ circuit, circuit };
    sets[1].flip();
    if (complement == Complement::live_others)
        sets[1] = live_part(runs.graph(), sets[1]);
    for (const std::size_t edge : taken_out) {
        sets.push_back(circuit);
        sets.back()[edge] = false;
    }
    const auto metrics = runs.metric(sets, metric, progress);
    figures.metric = metrics[0];
    figures.faithfulness = range.faithfulness(metrics[0]);
    figures.complement = metrics[1];
    figures.complement_faithfulness = range.faithfulness(metrics[1]);
    figures.minimality.tried = static_cast<int>(taken_out.size());
    if (taken_out.empty())
        return figures;
    // Towards m(∅), whichever side of m(M) that lies on.
    const double direction = range.whole < range.empty ? -1 : 1;
    std::vector<double> drops;
    figures.minimality.greatest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 2; i < metrics.size(); ++i) {
        drops.push_back(direction * (metrics[0] - metrics[i]));
        figures.minimality.greatest = std::max(figures.minimality.greatest, drops.back());
    }
    const auto tried = static_cast<double>(drops.size());
    const double small = near_zero_share * std::abs(range.whole - range.empty);
    figures.minimality.mean = std::accumulate(drops.begin(), drops.end(), 0.0) / tried;
    figures.minimality.near_zero = static_cast<double>(std::ranges::count_if(drops,
                                       [small](double drop) { return std::abs(drop) <= small; }))
        / tried;
    return figures;
}

std::vector<EdgeId> rank_edges(std::span<const double> scores, bool by_signed_score)
{
    std::vector<EdgeId> ranking;
    for (std::size_t e = 0; e < scores.size(); ++e)
        ranking.push_back({ static_cast<std::int32_t>(e) });
    const auto strength = [&](EdgeId edge) {
        const double score = scores[static_cast<std::size_t>(edge.value)];
        return by_signed_score ? score : std::abs(score);
    };
    std::ranges::stable_sort(ranking, std::greater<>(), strength);
    return ranking;
}

std::vector<EdgeId> random_ranking(std::size_t edges, std::uint64_t seed)
{
    std::vector<EdgeId> ranking;
    for (std::size_t e = 0; e < edges; ++e)
        ranking.push_back({ static_cast<std::int32_t>(e) });
    Random(seed).shuffle(ranking);
    return ranking;
}

} // namespace circuitloom
