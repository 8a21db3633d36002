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

/// Replaces `points` by the part of the curve that is drawn, as points with straight pieces between
/// them that are at most a quarter of a pixel off the curve. `ratio`: device pixels for a logical
/// one. False, and no points, where nothing of the curve can be seen.
bool cut_curve(std::vector<PathPoint>& points, const DrawnCurve& curve, double ratio);

} // namespace circuitloom::ui
