#pragma once

#include "ui/drawing/drawing.h"

#include <QPainter>
#include <QPainterPath>

namespace circuitloom::ui {

/// Paints with whatever `painter` paints on: a screen without OpenGL, a bitmap, a PDF.
void paint_drawing(QPainter& painter, const Drawing& drawing);

/// Parts of it.
void paint_shapes(QPainter& painter, const DrawingLayer& layer);
void paint_labels(QPainter& painter, const DrawingLayer& layer, const QFont& font);

/// The part of the curve that is drawn.
QPainterPath curve_path(const DrawnCurve& curve);

} // namespace circuitloom::ui
