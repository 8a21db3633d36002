#pragma once

#include <optional>
#include <span>

namespace circuitloom {

/// One value of a curve over the run.
struct CurvePoint
{
    double step = 0; ///< optimizer steps
    double value = 0;
};

/// When a curve moved. Its whole change is that from its first value to the value farthest from it,
/// which for a curve that goes one way is its last.
struct Movement
{
    double first = 0;
    double farthest = 0; ///< the earliest of those values
    double farthest_step = 0;
    double last = 0;
    /// The first step at which half of the whole change is behind it, on the straight line between
    /// two points.
    double halfway_step = 0;
    /// Its largest change lies between these two steps, which follow one another; the earliest
    /// such.
    double largest_from = 0;
    double largest_to = 0;
    double largest_change = 0; ///< with its sign
};

/// Of points in the order of their steps; those that are not finite are passed over. Empty where
/// fewer than two are left or the curve is flat.
std::optional<Movement> movement(std::span<const CurvePoint> curve);

} // namespace circuitloom
