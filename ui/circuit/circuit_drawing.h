#pragma once

#include "ui/circuit/circuit_focus.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QSizeF>
#include <QString>

namespace circuitloom::ui {

/// How a scene is painted.
struct CircuitPaintOptions
{
    CircuitCamera camera;
    CircuitHighlight highlight;
    double focus = 1; ///< 0…1: how far what is not lit has dimmed
    bool legend = true; ///< what the colours and widths mean
    double text_scale = 1; ///< of the legend
    bool background = true; ///< fill with the theme's window colour
};

/// The picture of a scene: bands and their names, dots for nodes outside the circuit, edges, nodes,
/// legend. What lies outside of `size` is left out.
Drawing circuit_drawing(const CircuitScene& scene, const Theme& theme, const QSizeF& size,
    const CircuitPaintOptions& options);

/// The layout behind a circuit without the circuit: bands and dots.
Drawing lattice_drawing(const CircuitLayout& layout, const Theme& theme, const QSizeF& size,
    const CircuitPaintOptions& options);

/// The part of a target of `size` that `layout` is fitted into. It ends above the legend where the
/// legend does not fit beside the input.
QRectF graph_area(
    const QSizeF& size, const CircuitLayout& layout, const CircuitPaintOptions& options);

} // namespace circuitloom::ui
