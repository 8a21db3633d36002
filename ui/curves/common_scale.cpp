#include "ui/curves/common_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace circuitloom::ui {

void share_scale(std::span<PlotContent> plots)
{
    if (plots.size() < 2)
        return;
    std::vector<double> extremes;
    for (const PlotContent& plot : plots) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        const auto see = [&](double value) {
            if (!std::isfinite(value))
                return;
            low = std::min(low, value);
            high = std::max(high, value);
        };
        for (const PlotLine& line : plot.lines) {
            for (const Curve* curve : { &line.points, &line.raw })
                for (const CurvePoint& point : *curve)
                    see(point.value);
            for (const BandPoint& point : line.band) {
                see(point.low);
                see(point.high);
            }
        }
        if (low <= high)
            extremes.insert(extremes.end(), { low, high });
    }
    for (PlotContent& plot : plots)
        plot.also_seen = extremes;
}

} // namespace circuitloom::ui
