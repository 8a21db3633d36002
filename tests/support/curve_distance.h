#pragma once

#include "ui/circuit/circuit_geometry.h"

#include <algorithm>
#include <limits>

namespace circuitloom::testing {

/// Shortest distance from `point` to the straight pieces that the curve is pointed at by.
inline double distance_to_curve(const ui::DrawnCurve& curve, const QPointF& point)
{
    double nearest = std::numeric_limits<double>::infinity();
    QPointF last = curve.from;
    for (int i = 1; i <= ui::curve_pieces; ++i) {
        const QPointF next = ui::point_of(curve, static_cast<double>(i) / ui::curve_pieces);
        nearest = std::min(nearest, ui::distance_to_segment(last, next, point));
        last = next;
    }
    return nearest;
}

} // namespace circuitloom::testing
