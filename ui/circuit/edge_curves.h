#pragma once

#include "ui/circuit/circuit_focus.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

namespace circuitloom::ui {

/// Every edge of the scene that can be seen, the strongest and those in focus on top.
DrawingLayer edge_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size, const CircuitFocus& focus);

} // namespace circuitloom::ui
