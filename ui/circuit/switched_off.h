#pragma once

#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <vector>

namespace circuitloom::ui {

/// Crosses on the edges that are switched off and shown, and over the nodes that are, which have a
/// ring too and keep their names. A drawn node counts as switched off where all that it stands for is.
DrawingLayer switched_off_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size);

/// Whether that layer has anything in it, wherever it is seen.
bool shows_switched_off(const CircuitScene& scene);

/// The cross that marks an edge.
std::vector<DrawnCurve> cross_at(const QPointF& centre, const Theme& theme);

} // namespace circuitloom::ui
