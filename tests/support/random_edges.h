#pragma once

#include "core/base/random.h"
#include "core/graph/edge_order.h"

#include <cstddef>
#include <span>
#include <utility>

namespace circuitloom {

/// `n` different edges drawn uniformly, with their scores, as a circuit; `scores` has one entry for
/// each edge of the graph.
inline Circuit random_edges(std::span<const float> scores, std::size_t n, Random& random)
{
    Circuit edges;
    for (std::size_t e = 0; e < scores.size(); ++e)
        edges.push_back({ { static_cast<std::int32_t>(e) }, scores[e] });
    for (std::size_t i = 0; i < n; ++i)
        std::swap(edges[i], edges[i + random.below(edges.size() - i)]);
    edges.resize(n);
    return strongest_first(std::move(edges));
}

} // namespace circuitloom
