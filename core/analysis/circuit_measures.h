#pragma once

#include "core/base/measure.h"

// Measures of an iteration that its own record does not have.
namespace circuitloom::measures {

/// How alike the circuits of two resamples of an iteration's examples are (algorithm.md, section 10;
/// CircuitStability).
inline constexpr Measure stability{ "stability", "Stability", "", Notation::plain, 2,
    Better::neither, MeasuredOn::iteration };

/// Of one edge, or summed over a node's edges.
inline constexpr Measure item_score{ "score", "Score", "", Notation::plain, 4, Better::neither,
    MeasuredOn::iteration };

// The others are computed from the circuits and stored nowhere (algorithm.md, section 7;
// IterationDynamics).
inline constexpr Measure circuit_distance{ "distance", "Distance from the one before", "",
    Notation::plain, 3, Better::neither, MeasuredOn::iteration };
inline constexpr Measure circuit_position{ "position", "Position between the ends", "",
    Notation::plain, 3, Better::neither, MeasuredOn::iteration };
inline constexpr Measure circuit_entropy{ "entropy", "Entropy of the strengths", "nats",
    Notation::plain, 3, Better::neither, MeasuredOn::iteration };
/// Wall time between two iterations / the steps between them, evaluations included.
inline constexpr Measure seconds_per_step{ "seconds_per_step", "Time per step", "s",
    Notation::plain, 3, Better::lower, MeasuredOn::iteration };

} // namespace circuitloom::measures
