#pragma once

#include "core/base/measure.h"

namespace circuitloom::measures {

/// Figures of an iteration that are computed from the circuits and stored nowhere (algorithm.md,
/// section 7; IterationDynamics).
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
