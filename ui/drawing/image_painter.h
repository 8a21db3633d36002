#pragma once

#include "ui/drawing/drawing.h"

#include <QImage>

namespace circuitloom::ui {

/// Paints into `image`, of the format RGB32 or ARGB32_Premultiplied, what paint_drawing() would,
/// but strokes the curves itself, on all processors: for screens without a graphics card. The
/// image's device pixel ratio says how many of its pixels one of the drawing's is.
void paint_on_image(QImage& image, const Drawing& drawing);

} // namespace circuitloom::ui
