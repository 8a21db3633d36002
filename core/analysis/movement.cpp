#include "core/analysis/movement.h"

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace circuitloom {

namespace {

// Where the curve first crosses the middle between its first value and `farthest`, one of its own.
double halfway_step(const std::vector<CurvePoint>& points, double farthest)
{
    const bool rises = farthest > points.front().value;
    const double middle = std::midpoint(points.front().value, farthest);
    std::size_t i = 1;
    while (rises ? points[i].value < middle : points[i].value > middle)
        ++i;
    const CurvePoint& before = points[i - 1];
    const CurvePoint& after = points[i];
    if (after.value == before.value)
        return after.step;
    const double part = (middle - before.value) / (after.value - before.value);
    return before.step + part * (after.step - before.step);
}

} // namespace

std::optional<Movement> movement(std::span<const CurvePoint> curve)
{
    std::vector<CurvePoint> points;
    for (const CurvePoint& point : curve)
        if (std::isfinite(point.value))
            points.push_back(point);
    if (points.size() < 2)
        return std::nullopt;
    Movement found;
    found.first = found.farthest = points.front().value;
    found.last = points.back().value;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const CurvePoint& point = points[i];
        if (std::abs(point.value - found.first) > std::abs(found.farthest - found.first)) {
            found.farthest = point.value;
            found.farthest_step = point.step;
        }
        const double change = point.value - points[i - 1].value;
        if (std::abs(change) > std::abs(found.largest_change)) {
            found.largest_change = change;
            found.largest_from = points[i - 1].step;
            found.largest_to = point.step;
        }
    }
    if (found.farthest == found.first)
        return std::nullopt;
    found.halfway_step = halfway_step(points, found.farthest);
    return found;
}

} // namespace circuitloom
