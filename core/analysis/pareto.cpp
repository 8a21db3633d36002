#include "core/analysis/pareto.h"

#include <algorithm>
#include <cmath>

namespace circuitloom {

std::vector<std::size_t> pareto_front(std::span<const TwoGoals> points, bool x_lower, bool y_lower)
{
    const double of_x = x_lower ? -1 : 1;
    const double of_y = y_lower ? -1 : 1;
    const auto finite
        = [](const TwoGoals& point) { return std::isfinite(point.x) && std::isfinite(point.y); };
    const auto beaten_by = [&](const TwoGoals& point, const TwoGoals& other) {
        const double dx = of_x * (other.x - point.x);
        const double dy = of_y * (other.y - point.y);
        return dx >= 0 && dy >= 0 && (dx > 0 || dy > 0);
    };
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool beaten = std::ranges::any_of(points, [&](const TwoGoals& other) {
            return finite(other) && beaten_by(points[i], other);
        });
        if (finite(points[i]) && !beaten)
            front.push_back(i);
    }
    std::ranges::stable_sort(
        front, {}, [points](std::size_t i) { return points[i].x; });
    return front;
}

} // namespace circuitloom
