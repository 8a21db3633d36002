#pragma once

#include "ui/circuit/circuit_geometry.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

namespace circuitloom::ui {

/// The bands behind the layers, with their names where there is room.
DrawingLayer band_layer(
    const CircuitLayout& layout, const CircuitGeometry& geometry, const Theme& theme);

/// Every node as it is drawn outside the circuit: a dot, but for the input and the logits.
DrawingLayer ghost_layer(const CircuitLayout& layout, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size);

} // namespace circuitloom::ui
