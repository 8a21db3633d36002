#include "ui/drawing/curve_pieces.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr float flatness = 0.25F; // pixels between a curve and its pieces, at most
constexpr float longest_step = 0.25F; // of the parameter
constexpr float shortest_step = 1.0F / 256;

struct Vector
{
    float x;
    float y;
};

Vector operator+(Vector a, Vector b)
{
    return { a.x + b.x, a.y + b.y };
}

Vector operator-(Vector a, Vector b)
{
    return { a.x - b.x, a.y - b.y };
}

Vector operator*(Vector a, float factor)
{
    return { a.x * factor, a.y * factor };
}

float length_of(Vector a)
{
    return std::sqrt(a.x * a.x + a.y * a.y);
}

Vector scaled(const QPointF& point, double ratio)
{
    return { static_cast<float>(point.x() * ratio), static_cast<float>(point.y() * ratio) };
}

// A cubic Bézier curve as the polynomial ((a t + b) t + c) t + d.
struct Cubic
{
    Vector a, b, c, d;

    Cubic(const DrawnCurve& curve, double ratio)
    {
        const Vector from = scaled(curve.from, ratio);
        const Vector control1 = scaled(curve.control1, ratio);
        const Vector control2 = scaled(curve.control2, ratio);
        a = scaled(curve.to, ratio) - from + (control1 - control2) * 3;
        b = (from - control1 * 2 + control2) * 3;
        c = (control1 - from) * 3;
        d = from;
    }
    Vector at(float t) const { return ((a * t + b) * t + c) * t + d; }
    Vector direction(float t) const
    {
        const Vector tangent = (a * (3 * t) + b * 2) * t + c;
        const float speed = length_of(tangent);
        if (speed > 1e-3F)
            return tangent * (1 / speed);
        // Where a control point lies on its end, the points around say it.
        const Vector across = at(std::min(t + 0.01F, 1.0F)) - at(std::max(t - 0.01F, 0.0F));
        const float distance = length_of(across);
        return distance > 0 ? across * (1 / distance) : Vector{ 0, -1 };
    }
    // How far the parameter may go on from `t` until a straight piece is `flatness` off the curve:
    // by the second derivative, which is a straight line between its values at both ends.
    float step(float t) const
    {
        const auto allowed = [](float bend) { return std::sqrt(8 * flatness / bend); };
        const float here = bend(t);
        const float far = bend(t + std::min(allowed(here), longest_step));
        return std::clamp(allowed(std::max(here, far)), shortest_step, longest_step);
    }
    float bend(float t) const { return length_of(a * (6 * t) + b * 2); }
};

} // namespace

bool cut_curve(std::vector<PathPoint>& points, const DrawnCurve& curve, double ratio)
{
    points.clear();
    const float drawn = std::clamp(curve.drawn, 0.0F, 1.0F);
    if (qAlpha(curve.color) == 0 || !(curve.width > 0) || !(drawn > 0))
        return false;
    const Cubic cubic(curve, ratio);
    float along = 0;
    float t = 0;
    while (true) {
        const Vector point = cubic.at(t);
        const Vector direction = cubic.direction(t);
        if (!points.empty())
            along += length_of(point - Vector{ points.back().x, points.back().y });
        points.push_back({ point.x, point.y, along, -direction.y, direction.x });
        if (t >= drawn)
            break;
        // Rather a slightly longer last step than a tiny one.
        const float step = cubic.step(t);
        t = t + 1.25F * step < drawn ? t + step : drawn;
    }
    // Coordinates may be anything, infinite and not a number included.
    if (std::isfinite(along) && along > 0)
        return true;
    points.clear();
    return false;
}

} // namespace circuitloom::ui
