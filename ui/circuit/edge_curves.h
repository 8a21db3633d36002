#pragma once

#include "ui/circuit/circuit_focus.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <cstddef>

namespace circuitloom::ui {

/// How clearly what left a circuit is seen among so many edges, 0…1: it steps back before anything
/// that is there.
double left_opacity_among(std::size_t edges);

/// Every edge of the scene that can be seen, the strongest and those in focus on top.
DrawingLayer edge_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size, const CircuitFocus& focus);

} // namespace circuitloom::ui
