#pragma once

#include "ui/session/curve_data.h"

#include <span>

namespace circuitloom::ui {

/// The exponentially weighted mean of each point and those before it: with weight w and values v,
///
///     s_n = w s_(n−1) + (1 − w) v_n,   s_0 = 0,   smoothed_n = s_n / (1 − w^n),
///
/// so that its beginning is not drawn towards 0 (the bias correction of Kingma and Ba, Adam, 2015,
/// section 3). Values that are no finite numbers stay as they are and count for none. `weight` is 0
/// or more and less than 1.
Curve smoothed(std::span<const CurvePoint> curve, double weight);

} // namespace circuitloom::ui
