#pragma once

#include "core/discovery/block_scores.h"
#include "core/graph/certainty.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/run/discovery_options.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace circuitloom {

/// Bootstrap resamples of the examples of a discovery (algorithm.md, section 10): each draws as
/// many blocks as there are, with replacement, and its scores are their mean over examples, a
/// weighted sum of what is already there. The baseline stays that of the whole set.
struct Resampling
{
    int resamples = 0; ///< R
    std::uint64_t seed = 1;
    SelectionOptions selection; ///< of each resample's circuit
    /// What orders the edges, from a resample's scores; the scores themselves where it is empty.
    std::function<std::vector<float>(std::span<const float> scores)> ranking;
};

/// So many resamples' circuits are compared with one another for the stability, at most: the pairs
/// grow with the square.
inline constexpr int most_compared = 1000;

/// For `edges`, or all where there are none named. The same seed gives the same numbers. Throws
/// InputError where there are fewer than two resamples or two blocks, which would all be the same,
/// and as select_edges() does.
ScoreCertainty resample_scores(const ComputationalGraph& graph, const BlockScores& scores,
    const Resampling& how, std::span<const EdgeId> edges = {});

/// The bytes that resample_scores() holds at most beside `blocks` scores of `element` bytes for each
/// of the graph's edges.
std::int64_t resampling_bytes(
    const ComputationalGraph& graph, const Resampling& how, std::int64_t blocks, std::int64_t element);

/// The mean Jaccard similarity of two of `circuits`, over all pairs, and what random circuits of
/// their sizes among `candidates` edges would have.
CircuitStability stability_of(
    std::span<const Circuit> circuits, std::size_t graph_edges, std::int64_t candidates);

} // namespace circuitloom
