#pragma once

#include "core/analysis/components.h"
#include "core/graph/circuit.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace circuitloom {

/// How one set of edges or nodes became another. Each list in ascending order.
template <class T>
struct SetDiff
{
    std::vector<T> kept; ///< in both
    std::vector<T> entered; ///< in the second alone
    std::vector<T> left; ///< in the first alone

    /// Shared / all: 1 for equal sets (two empty ones too), 0 where nothing is shared.
    double jaccard() const
    {
        const std::size_t all = kept.size() + entered.size() + left.size();
        return all == 0 ? 1.0 : static_cast<double>(kept.size()) / static_cast<double>(all);
    }
};

/// Two circuits of one graph (algorithm.md, section 7).
struct CircuitDiff
{
    SetDiff<EdgeId> edges;
    SetDiff<ComponentId> nodes; ///< the ends of the edges
    int turned = 0; ///< shared edges whose score changed its sign
    /// Spearman's, over the shared edges; empty where it is not defined.
    std::optional<double> rank_correlation; ///< of the scores with their signs
    std::optional<double> strength_correlation; ///< of their sizes, which rank a circuit
    double distance = 0; ///< weighted_distance(), 0…1
};

CircuitDiff circuit_diff(const ComputationalGraph& graph, const Components& components,
    const Circuit& from, const Circuit& to);

/// The Jaccard index of two sets of these sizes that share so many; 1 for two empty ones.
double jaccard(std::int64_t a, std::int64_t b, std::int64_t shared);

/// The edges' Jaccard index to expect of two circuits of `a` and `b` edges drawn at random from
/// `all`: that of a·b/all shared edges, the mean number.
double jaccard_by_chance(std::int64_t a, std::int64_t b, std::int64_t all);

} // namespace circuitloom
