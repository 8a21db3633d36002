#pragma once

#include "core/graph/circuit.h"

#include <vector>

namespace circuitloom {

/// What the scores of a circuit say that ablating some edges changes, to first order: the metric
/// falls by the sum of the scores of these edges (algorithm.md, section 2).
struct FirstOrderEffect
{
    double fall = 0; ///< Σ s over the ablated edges that have a score
    int scored = 0; ///< how many of the ablated edges have one
    int unscored = 0; ///< how many have none, as the circuit lacks them
    bool operator==(const FirstOrderEffect&) const = default;
};

/// `ablated` has one entry per edge of the graph that `circuit` is of.
FirstOrderEffect first_order_effect(const Circuit& circuit, const std::vector<bool>& ablated);

} // namespace circuitloom
