#include "ui/drawing/gl_vertices.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr float smooth_edge = 0.5F; // pixels on both sides of an edge over which it fades
constexpr float flatness = 0.25F; // pixels between a curve and its pieces, at most
constexpr int most_pieces = 256;

struct Point
{
    float x;
    float y;
};

Point operator+(Point a, Point b)
{
    return { a.x + b.x, a.y + b.y };
}

Point operator-(Point a, Point b)
{
    return { a.x - b.x, a.y - b.y };
}

Point operator*(Point a, float factor)
{
    return { a.x * factor, a.y * factor };
}

Point scaled(const QPointF& point, double ratio)
{
    return { static_cast<float>(point.x() * ratio), static_cast<float>(point.y() * ratio) };
}

float length_of(Point a)
{
    return std::sqrt(a.x * a.x + a.y * a.y);
}

// A cubic curve as the polynomial ((a t + b) t + c) t + d.
struct Cubic
{
    Point a, b, c, d;

    Cubic(Point from, Point control1, Point control2, Point to)
        : a(to - from + (control1 - control2) * 3)
        , b((from - control1 * 2 + control2) * 3)
        , c((control1 - from) * 3)
        , d(from)
    {
    }
    Point at(float t) const { return ((a * t + b) * t + c) * t + d; }
    Point direction(float t) const
    {
        const Point tangent = (a * (3 * t) + b * 2) * t + c;
        const float speed = length_of(tangent);
        if (speed > 1e-3F)
            return tangent * (1 / speed);
        // Where a control point lies on its end, the curve's own beginning and end say it.
        const Point across = at(std::min(t + 0.01F, 1.0F)) - at(std::max(t - 0.01F, 0.0F));
        const float distance = length_of(across);
        return distance > 0 ? across * (1 / distance) : Point{ 0, -1 };
    }
};

// As many equal steps of the parameter as keep within `flatness` (Wang's bound).
int pieces_of(const DrawnCurve& curve, double ratio)
{
    const auto bend = [ratio](const QPointF& before, const QPointF& at, const QPointF& after) {
        const QPointF second = before - 2 * at + after;
        return static_cast<float>(std::hypot(second.x(), second.y()) * ratio);
    };
    const float most = std::max(bend(curve.from, curve.control1, curve.control2),
        bend(curve.control1, curve.control2, curve.to));
    const float pieces = std::sqrt(0.75F * most / flatness);
    return static_cast<int>(std::clamp(pieces, 0.0F, most_pieces - 1.0F)) + 1;
}

bool outside(Point a, Point b, float reach, const QSizeF& size)
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

void append_curve(GlStrip& strip, const DrawnCurve& curve, double ratio, const QSizeF& size)
{
    const auto scale = static_cast<float>(ratio);
    const float drawn = std::clamp(curve.drawn, 0.0F, 1.0F);
    if (qAlpha(curve.color) == 0 || !(curve.width > 0) || !(drawn > 0))
        return;
    const Cubic cubic(scaled(curve.from, ratio), scaled(curve.control1, ratio),
        scaled(curve.control2, ratio), scaled(curve.to, ratio));
    const int pieces = std::max(
        1, static_cast<int>(std::ceil(static_cast<float>(pieces_of(curve, ratio)) * drawn)));
    const float half = curve.width * scale / 2;
    const float reach = half + smooth_edge;

    // The length must be known at each corner, so the points come first.
    std::array<Point, most_pieces + 1> points;
    const float step = drawn / static_cast<float>(pieces);
    float length = 0;
    for (int i = 0; i <= pieces; ++i) {
        const auto at = static_cast<std::size_t>(i);
        points[at] = cubic.at(step * static_cast<float>(i));
        if (i > 0)
            length += length_of(points[at] - points[at - 1]);
    }
    if (!std::isfinite(length))
        return;

    GlVertex vertex{ {}, { half, length, curve.dash * scale, curve.gap * scale }, curve.color, 0 };
    float along = 0;
    bool joined = false; // to the piece before
    for (int i = 0; i <= pieces; ++i) {
        const auto at = static_cast<std::size_t>(i);
        Point point = points[at];
        const Point direction = cubic.direction(step * static_cast<float>(i));
        if (i > 0)
            along += length_of(point - points[at - 1]);
        const bool before_seen = i > 0 && !outside(points[at - 1], point, reach, size);
        const bool after_seen = i < pieces && !outside(point, points[at + 1], reach, size);
        if (!before_seen && !after_seen) {
            joined = false;
            continue;
        }
        float here = along;
        if (i == 0 || i == pieces) {
            const float beyond = i == 0 ? -smooth_edge : smooth_edge;
            point = point + direction * beyond;
            here += beyond;
        }
        for (const float side : { -reach, reach }) {
            vertex.place
                = { point.x - direction.y * side, point.y + direction.x * side, side, here };
            if (!joined)
                join(strip, vertex);
            joined = true;
            strip.push_back(vertex);
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
    const Point centre = scaled(shape.rect.center(), ratio);
    const float half_width = static_cast<float>(shape.rect.width()) * scale / 2;
    const float half_height = static_cast<float>(shape.rect.height()) * scale / 2;
    const float half_outline = outlined ? shape.outline_width * scale / 2 : 0;
    const float radius = std::min({ shape.radius * scale, half_width, half_height });
    GlVertex vertex{ {}, { half_width, half_height, radius, half_outline }, shape.fill,
        outlined ? shape.outline : 0 };
    const float reach = half_outline + smooth_edge;
    const auto corner = [&](float x, float y) {
        vertex.place = { centre.x + x, centre.y + y, x, y };
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
