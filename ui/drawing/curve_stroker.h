#pragma once

#include "ui/drawing/curve_pieces.h"

#include <QImage>
#include <QRect>

#include <vector>

namespace circuitloom::ui {

/// Strokes curves straight into an image, pixel by pixel as GlPainter's shader does, several times
/// faster than QPainter. Several of them may stroke on threads of their own where their clips do
/// not overlap.
class CurveStroker
{
public:
    /// `target` has the format RGB32 or ARGB32_Premultiplied, and is there as long as this; nothing
    /// is painted outside of `clip` (pixels).
    CurveStroker(QImage& target, const QRect& clip);

    /// Strokes the curve with `ratio` pixels of the image for each of the curve's.
    void stroke(const DrawnCurve& curve, double ratio);

private:
    QRgb* pixels_;
    qsizetype stride_; ///< pixels from one row to the next
    QRect clip_;
    std::vector<PathPoint> points_;
};

} // namespace circuitloom::ui
