#include "core/analysis/circuit_diff.h"

#include "core/analysis/circuit_weights.h"
#include "core/analysis/rank_correlation.h"
#include "core/graph/edge_order.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

namespace {

std::vector<ComponentId> ends(
    const ComputationalGraph& graph, const Components& components, const Circuit& circuit)
{
    std::vector<ComponentId> found;
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        found.push_back(components.of(edge.source));
        found.push_back(components.of(edge.target));
    }
    std::ranges::sort(found);
    const auto repeated = std::ranges::unique(found);
    found.erase(repeated.begin(), repeated.end());
    return found;
}

// Both in ascending order.
SetDiff<ComponentId> set_diff(
    const std::vector<ComponentId>& from, const std::vector<ComponentId>& to)
{
    SetDiff<ComponentId> diff;
    std::ranges::set_intersection(from, to, std::back_inserter(diff.kept));
    std::ranges::set_difference(to, from, std::back_inserter(diff.entered));
    std::ranges::set_difference(from, to, std::back_inserter(diff.left));
    return diff;
}

} // namespace

CircuitDiff circuit_diff(const ComputationalGraph& graph, const Components& components,
    const Circuit& from, const Circuit& to)
{
    const Circuit before = by_edge(from);
    const Circuit after = by_edge(to);
    CircuitDiff diff;
    std::vector<double> scores_before;
    std::vector<double> scores_after;
    auto left = before.begin();
    auto right = after.begin();
    while (left != before.end() || right != after.end()) {
        if (right == after.end() || (left != before.end() && left->edge < right->edge))
            diff.edges.left.push_back((left++)->edge);
        else if (left == before.end() || right->edge < left->edge)
            diff.edges.entered.push_back((right++)->edge);
        else {
            diff.edges.kept.push_back(left->edge);
            diff.turned += left->score < 0 ? right->score > 0 : left->score > 0 && right->score < 0;
            scores_before.push_back((left++)->score);
            scores_after.push_back((right++)->score);
        }
    }
    diff.nodes = set_diff(ends(graph, components, from), ends(graph, components, to));
    diff.rank_correlation = rank_correlation(scores_before, scores_after);
    diff.strength_correlation = rank_correlation(sizes(scores_before), sizes(scores_after));
    diff.distance = weighted_distance(circuit_weights(from), circuit_weights(to));
    return diff;
}

double jaccard(std::int64_t a, std::int64_t b, std::int64_t shared)
{
    const std::int64_t all = a + b - shared;
    return all == 0 ? 1.0 : static_cast<double>(shared) / static_cast<double>(all);
}

double jaccard_by_chance(std::int64_t a, std::int64_t b, std::int64_t all)
{
    if (a + b == 0)
        return 1;
    const double shared
        = static_cast<double>(a) * static_cast<double>(b) / static_cast<double>(all);
    return shared / (static_cast<double>(a + b) - shared);
}

} // namespace circuitloom
