#pragma once

#include "ui/session/curve_data.h"

namespace circuitloom {
struct RunDynamics;
}

namespace circuitloom::ui {

/// Figures of each iteration that only its circuit tells (core/analysis/dynamics.h).
struct CircuitCurves
{
    Curve distance; ///< weighted, from the circuit before
    Curve position; ///< between the run's ends
    Curve entropy; ///< nats
};

CircuitCurves circuit_curves(const RunDynamics& dynamics);

} // namespace circuitloom::ui
