#include "core/analysis/sweep_points.h"

#include <cmath>
#include <map>

namespace circuitloom {

std::vector<SweepPoint> sweep_points(std::span<const double> x, std::span<const double> y)
{
    std::map<double, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (std::isfinite(x[i]) && std::isfinite(y[i]))
            groups[x[i]].push_back(i);
    std::vector<SweepPoint> points;
    for (auto& [value, runs] : groups) {
        std::vector<double> values;
        for (const std::size_t run : runs)
            values.push_back(y[run]);
        points.push_back({ value, spread_of(values), std::move(runs) });
    }
    return points;
}

} // namespace circuitloom
