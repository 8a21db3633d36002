#pragma once

#include "ui/drawing/curve_pieces.h"
#include "ui/drawing/drawing.h"

#include <array>
#include <vector>

namespace circuitloom::ui {

/// The data that the shaders read of each corner of a triangle; curves, shapes and labels share one
/// layout.
struct GlVertex
{
    /// Device pixels x and y; then, of a curve, how far it is off the middle and along the curve;
    /// of a shape, its place from the shape's centre; of a label, its texel in the atlas.
    std::array<float, 4> place;
    /// A curve's half width, length, dash and gap; a shape's half width, half height, radius and
    /// half outline.
    std::array<float, 4> form;
    QRgb color;
    QRgb outline;
};

/// One triangle strip: what is appended is joined to what is there by triangles without area.
using GlStrip = std::vector<GlVertex>;

/// Appends a ribbon as wide as the curve with its smooth edges, along the points into which the
/// curve is cut; pieces outside of a target of `size` device pixels are left out. `ratio`: device
/// pixels for a logical one.
void append_curve(GlStrip& strip, const DrawnCurve& curve, const std::vector<PathPoint>& points,
    double ratio, const QSizeF& size);

/// Appends a rectangle around the shape; the shader cuts the shape out of it.
void append_shape(GlStrip& strip, const DrawnShape& shape, double ratio);

/// Appends a rectangle that shows `texels` of the label atlas at `at` (device pixels).
void append_label(GlStrip& strip, const QPointF& at, const QRect& texels, QRgb color);

} // namespace circuitloom::ui
