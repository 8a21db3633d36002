#pragma once

#include "ui/drawing/drawing.h"

#include <vector>

namespace circuitloom::ui {

/// A point of a curve in device pixels.
struct PathPoint
{
    float x;
    float y;
    float along; ///< length of the curve up to here
    float right_x; ///< to the right of the curve's direction, of length 1
    float right_y;
};

/// What is drawn of the curve as points with straight pieces between them, a quarter of a pixel or
/// less off the curve, into `points`. False, and no points, where nothing of it can be seen.
bool cut_curve(std::vector<PathPoint>& points, const DrawnCurve& curve, double ratio);

} // namespace circuitloom::ui
