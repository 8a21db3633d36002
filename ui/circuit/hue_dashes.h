#pragma once

#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

namespace circuitloom::ui {

/// Gives the curve the dashes of a meaning, so that whoever sees no colours can tell it: the more
/// there is of an edge, the more of its line. What left the circuit is dashed in any case; the rest
/// only where the theme says so. Ages, which have no steps, and what has no meaning are solid.
void add_dashes(DrawnCurve& curve, Hue hue, const Theme& theme);

/// The same for an edge on its way from one meaning to another: those of the greatest share.
void add_dashes(DrawnCurve& curve, const HueMix& mix, const Theme& theme);

} // namespace circuitloom::ui
