#include "ui/session/circuit_curves.h"

#include "core/analysis/run_dynamics.h"

namespace circuitloom::ui {

CircuitCurves circuit_curves(const RunDynamics& dynamics)
{
    CircuitCurves curves;
    for (const IterationDynamics& at : dynamics.iterations) {
        const double step = at.step;
        if (at.change)
            curves.distance.push_back({ step, at.change->distance });
        if (at.position)
            curves.position.push_back({ step, *at.position });
        if (at.entropy)
            curves.entropy.push_back({ step, *at.entropy });
    }
    return curves;
}

} // namespace circuitloom::ui
