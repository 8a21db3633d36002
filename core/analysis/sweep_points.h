#pragma once

#include "core/analysis/spread.h"

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom {

/// The runs of a sweep that took the same value of what is swept.
struct SweepPoint
{
    double x = 0; ///< that value
    Spread y; ///< of what they came to
    std::vector<std::size_t> runs; ///< their places among all runs
};

/// Runs grouped by `x`, rising; `y` is as long as `x`. Those where either is not finite are left
/// out.
std::vector<SweepPoint> sweep_points(std::span<const double> x, std::span<const double> y);

} // namespace circuitloom
