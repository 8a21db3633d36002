#pragma once

#include "ui/circuit/circuit_geometry.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/circuit/hue_colors.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QRectF>
#include <QString>

#include <optional>

namespace circuitloom::ui {

struct CircuitPaintOptions
{
    CircuitCamera camera;
    std::optional<NodeOrEdge> selection;
    std::optional<NodeOrEdge> hover;
    double focus = 1; ///< 0…1: how far what is not selected or hovered has dimmed
    bool legend = true; ///< what the colours and widths mean
    QString caption; ///< one line above the picture; none where empty
    bool background = true; ///< fill with the theme's window colour
};

/// The one paint path of screen, bitmap and vector export.
void paint_circuit(QPainter& painter, const QRectF& target, const CircuitScene& scene,
    const Theme& theme, const CircuitPaintOptions& options);

/// The two halves of paint_circuit(): what is the same for every iteration (bands, their names,
/// dots), which a view may keep in a pixmap, and what moves.
void paint_lattice(QPainter& painter, const QRectF& target, const LatticeLayout& layout,
    const Theme& theme, const CircuitPaintOptions& options);
void paint_moving_parts(QPainter& painter, const QRectF& target, const CircuitScene& scene,
    const Theme& theme, const CircuitPaintOptions& options);

/// The part of `target` that `layout` is fitted into: below the caption, and above the legend where
/// that does not fit beside the input.
QRectF graph_area(
    const QRectF& target, const LatticeLayout& layout, const CircuitPaintOptions& options);

} // namespace circuitloom::ui
