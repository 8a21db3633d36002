#include "ui/curves/seed_spread.h"

#include "core/analysis/spread.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace circuitloom::ui {

namespace {

BandPoint band_at(double step, std::span<const double> values, const Spread& spread, SeedBand kind)
{
    if (kind == SeedBand::extremes) {
        const auto [least, greatest] = std::ranges::minmax(values);
        return { step, least, greatest };
    }
    return { step, spread.mean - spread.deviation, spread.mean + spread.deviation };
}

} // namespace

CurveSpread spread_over(std::span<const Curve> curves, SeedBand kind)
{
    CurveSpread found;
    if (curves.empty())
        return found;
    std::vector<std::size_t> next(curves.size(), 0);
    std::vector<double> values(curves.size());
    for (const CurvePoint& point : curves.front()) {
        bool all = true;
        for (std::size_t i = 0; i < curves.size(); ++i) {
            const Curve& curve = curves[i];
            while (next[i] < curve.size() && curve[next[i]].step < point.step)
                ++next[i];
            all = all && next[i] < curve.size() && curve[next[i]].step == point.step
                && std::isfinite(curve[next[i]].value);
            if (!all)
                break;
            values[i] = curve[next[i]].value;
        }
        if (!all)
            continue;
        const Spread spread = spread_of(values);
        found.mean.push_back({ point.step, spread.mean });
        found.band.push_back(band_at(point.step, values, spread, kind));
    }
    return found;
}

} // namespace circuitloom::ui
