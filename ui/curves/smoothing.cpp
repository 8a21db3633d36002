#include "ui/curves/smoothing.h"

#include <cmath>

namespace circuitloom::ui {

Curve smoothed(std::span<const CurvePoint> curve, double weight)
{
    Curve smooth(curve.begin(), curve.end());
    double sum = 0;
    double forgotten = 1; // weight^n
    for (CurvePoint& point : smooth) {
        if (!std::isfinite(point.value))
            continue;
        sum = weight * sum + (1 - weight) * point.value;
        forgotten *= weight;
        point.value = sum / (1 - forgotten);
    }
    return smooth;
}

} // namespace circuitloom::ui
