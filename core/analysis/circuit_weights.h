#pragma once

#include "core/graph/circuit.h"

#include <optional>
#include <span>
#include <vector>

namespace circuitloom {

struct EdgeWeight
{
    EdgeId edge;
    double weight = 0;
};

/// A circuit as a graph with weighted edges: w(e) = s(e) / Σ |s|, by edge number. The weights'
/// sizes sum to 1, so that circuits can be compared while the metric's own scale changes. All are 0
/// where every score is.
using CircuitWeights = std::vector<EdgeWeight>;

CircuitWeights circuit_weights(const Circuit& circuit);

/// Σ |s|, in units of the metric.
double total_strength(const Circuit& circuit);

/// The weighted graph distance, half the sum over all edges of the graph of how far their weights
/// lie apart:
///
///     d(A, B) = ½ Σ_e |w_A(e) − w_B(e)|,   w(e) = 0 for an edge outside.
///
/// 0 where both have the same edges in the same proportions with the same signs, 1 where no edge
/// has the same sign in both; symmetric, and keeps the triangle inequality. A circuit without
/// weight is 1/2 away from one with.
double weighted_distance(const CircuitWeights& a, const CircuitWeights& b);

/// Entropy of how the strength spreads over the edges, H = −Σ p ln p with p(e) = |w(e)|, in nats:
/// 0 where one edge has it all, ln n where n share it equally; exp(H) edges of equal strength would
/// have as much. Empty where every score is 0.
std::optional<double> weight_entropy(const CircuitWeights& weights);

} // namespace circuitloom
