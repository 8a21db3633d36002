#pragma once

#include "core/base/random.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"

#include <cstddef>
#include <span>

namespace circuitloom {

/// The `n` edges of greatest |score|, strongest first, ties by edge number; all where there are
/// fewer. `scores` has one entry per edge. Throws Error where a score is not finite.
Circuit strongest_edges(std::span<const float> scores, std::size_t n);

/// `n` different edges drawn uniformly, with their scores, in the order of strongest_edges().
Circuit random_edges(std::span<const float> scores, std::size_t n, Random& random);

/// How many edges of `now` are not in `before`.
int entered_edges(const Circuit& now, const Circuit& before);

} // namespace circuitloom
