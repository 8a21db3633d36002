#include "core/discovery/selection.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>
#include <vector>

namespace circuitloom {

namespace {

void require_finite(std::span<const float> scores)
{
    if (std::ranges::any_of(scores, [](float score) { return !std::isfinite(score); }))
        throw Error("The edge scores are not finite: the training has diverged. Lower "
                    "optimizer.learning_rate or raise optimizer.warm_up.");
}

Circuit gather(std::span<const float> scores, std::vector<std::int32_t>& edges, std::size_t n)
{
    const auto stronger = [&scores](std::int32_t a, std::int32_t b) {
        const float left = std::abs(scores[static_cast<std::size_t>(a)]);
        const float right = std::abs(scores[static_cast<std::size_t>(b)]);
        return left != right ? left > right : a < b;
    };
    std::partial_sort(
        edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(n), edges.end(), stronger);
    Circuit circuit(n);
    for (std::size_t i = 0; i < n; ++i)
        circuit[i] = { EdgeId{ edges[i] }, scores[static_cast<std::size_t>(edges[i])] };
    return circuit;
}

} // namespace

Circuit strongest_edges(std::span<const float> scores, std::size_t n)
{
    require_finite(scores);
    std::vector<std::int32_t> edges(scores.size());
    std::iota(edges.begin(), edges.end(), 0);
    return gather(scores, edges, std::min(n, edges.size()));
}

Circuit random_edges(std::span<const float> scores, std::size_t n, Random& random)
{
    require_finite(scores);
    n = std::min(n, scores.size());
    std::vector<std::int32_t> edges(scores.size());
    std::iota(edges.begin(), edges.end(), 0);
    for (std::size_t i = 0; i < n; ++i)
        std::swap(edges[i], edges[i + random.below(edges.size() - i)]);
    edges.resize(n);
    return gather(scores, edges, n);
}

int entered_edges(const Circuit& now, const Circuit& before)
{
    std::unordered_set<EdgeId> known;
    for (const ScoredEdge& scored : before)
        known.insert(scored.edge);
    return static_cast<int>(std::ranges::count_if(
        now, [&known](const ScoredEdge& scored) { return !known.contains(scored.edge); }));
}

} // namespace circuitloom
