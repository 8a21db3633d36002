#include "ui/drawing/gl_vertices.h"

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr float smooth_edge = 0.5F; // pixels on both sides of an edge over which it fades
bool outside(const PathPoint& a, const PathPoint& b, float reach, const QSizeF& size)
{
    return std::max(a.x, b.x) < -reach || std::max(a.y, b.y) < -reach
        || std::min(a.x, b.x) > static_cast<float>(size.width()) + reach
        || std::min(a.y, b.y) > static_cast<float>(size.height()) + reach;
}

// Two triangles without area lead from the end of the strip to what comes next.
void join(GlStrip& strip, const GlVertex& next)
{
    if (!strip.empty()) {
        const GlVertex last = strip.back();
        strip.push_back(last);
        strip.push_back(next);
    }
}

void append_quad(GlStrip& strip, const std::array<GlVertex, 4>& corners)
{
    join(strip, corners[0]);
    strip.insert(strip.end(), corners.begin(), corners.end());
}

} // namespace

void append_curve(GlStrip& strip, const DrawnCurve& curve, const std::vector<PathPoint>& points,
    double ratio, const QSizeF& size)
{
    const auto scale = static_cast<float>(ratio);
    const float half = curve.width * scale / 2;
    const float reach = half + smooth_edge;
    GlVertex vertex{ {}, { half, points.back().along, curve.dash * scale, curve.gap * scale },
        curve.color, 0 };
    bool joined = false; // to the piece before
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool first = i == 0;
        const bool last = i + 1 == points.size();
        const PathPoint& point = points[i];
        const bool before_seen = !first && !outside(points[i - 1], point, reach, size);
        const bool after_seen = !last && !outside(point, points[i + 1], reach, size);
        if (before_seen || after_seen) {
            // The smooth edges of the ends lie beyond them.
            const float beyond = first ? -smooth_edge : (last ? smooth_edge : 0);
            const float x = point.x + point.right_y * beyond;
            const float y = point.y - point.right_x * beyond;
            for (const float side : { -reach, reach }) {
                vertex.place = { x + point.right_x * side, y + point.right_y * side, side,
                    point.along + beyond };
                if (!joined)
                    join(strip, vertex);
                joined = true;
                strip.push_back(vertex);
            }
        }
        joined = after_seen;
    }
}

void append_shape(GlStrip& strip, const DrawnShape& shape, double ratio)
{
    const auto scale = static_cast<float>(ratio);
    const bool outlined = shape.outline_width > 0 && qAlpha(shape.outline) > 0;
    if (qAlpha(shape.fill) == 0 && !outlined)
        return;
    const QPointF centre = shape.rect.center() * ratio;
    const float half_width = static_cast<float>(shape.rect.width()) * scale / 2;
    const float half_height = static_cast<float>(shape.rect.height()) * scale / 2;
    const float half_outline = outlined ? shape.outline_width * scale / 2 : 0;
    const float radius = std::min({ shape.radius * scale, half_width, half_height });
    GlVertex vertex{ {}, { half_width, half_height, radius, half_outline }, shape.fill,
        outlined ? shape.outline : 0 };
    const float reach = half_outline + smooth_edge;
    const auto corner = [&](float x, float y) {
        vertex.place
            = { static_cast<float>(centre.x()) + x, static_cast<float>(centre.y()) + y, x, y };
        return vertex;
    };
    const float x = half_width + reach;
    const float y = half_height + reach;
    append_quad(strip, { corner(-x, -y), corner(-x, y), corner(x, -y), corner(x, y) });
}

void append_label(GlStrip& strip, const QPointF& at, const QRect& texels, QRgb color)
{
    GlVertex vertex{ {}, {}, color, 0 };
    const auto corner = [&](int x, int y) {
        vertex.place = { static_cast<float>(at.x() + x), static_cast<float>(at.y() + y),
            static_cast<float>(texels.x() + x), static_cast<float>(texels.y() + y) };
        return vertex;
    };
    const int x = texels.width();
    const int y = texels.height();
    append_quad(strip, { corner(0, 0), corner(0, y), corner(x, 0), corner(x, y) });
}

} // namespace circuitloom::ui
