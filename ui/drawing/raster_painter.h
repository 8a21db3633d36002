#pragma once

#include "ui/drawing/drawing.h"

#include <QPainter>
#include <QPainterPath>

namespace circuitloom::ui {

/// Paints the drawing with QPainter, on whatever `painter` paints: a bitmap, a PDF, a screen.
void paint_drawing(QPainter& painter, const Drawing& drawing);

/// Parts of a drawing's layer; paint_on_image() strokes the curves between them itself.
void paint_shapes(QPainter& painter, const DrawingLayer& layer);
void paint_labels(QPainter& painter, const DrawingLayer& layer, const QFont& font);

/// The part of the curve that is drawn; see DrawnCurve::drawn.
QPainterPath curve_path(const DrawnCurve& curve);

} // namespace circuitloom::ui
