#pragma once

#include "ui/curves/plot_scale.h"

namespace circuitloom::ui {

/// As round_scale() of values that lie in [least, most], as shares do: what of [low, high] lies
/// beyond, as a deviation can, is left out, and the axis ends there at the latest.
AxisScale round_scale_within(double low, double high, double least, double most);

} // namespace circuitloom::ui
