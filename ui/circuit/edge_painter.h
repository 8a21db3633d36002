#pragma once

#include "ui/circuit/circuit_focus.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <optional>

namespace circuitloom::ui {

/// Every edge of the scene, the strongest and those in focus on top.
void paint_edges(QPainter& painter, const CircuitGeometry& geometry, const CircuitScene& scene,
    const Theme& theme, const CircuitFocus& focus, const std::optional<NodeOrEdge>& selection);

} // namespace circuitloom::ui
