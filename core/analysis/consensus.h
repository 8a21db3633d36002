#pragma once

#include "core/graph/circuit.h"

#include <cstdint>
#include <span>
#include <vector>

namespace circuitloom {

struct ConsensusEdge
{
    EdgeId edge;
    int circuits = 0; ///< how many have it
    float score = 0; ///< the mean over those
};

/// The edges that at least a share of several circuits of one graph have (algorithm.md, section
/// 10).
struct Consensus
{
    int circuits = 0;
    int needed = 0; ///< circuits that must have an edge
    std::vector<ConsensusEdge> edges; ///< those in most circuits first, then by |score|
    /// How many edges as many random circuits of the same sizes would agree on so, on average.
    double by_chance = 0;
};

/// `share` is in (0, 1]; `graph_edges` is how many the graph has. Throws InputError where there is
/// no circuit.
Consensus consensus_of(
    std::span<const Circuit> circuits, std::int64_t graph_edges, double share);

/// The probability that at least `needed` of independent events happen.
double at_least(int needed, std::span<const double> probabilities);

} // namespace circuitloom
