#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom::ui {

/// The range of an axis and the places of its grid lines.
struct AxisScale
{
    double low = 0;
    double high = 1;
    std::vector<double> ticks; ///< rising, all within the range
    int exponent = 0; ///< of the last decimal place in which two ticks differ, as in -1 for 0.1
    bool logarithmic = false; ///< `exponent` says nothing then
};

/// Round numbers around [low, high] with two to five intervals between grid lines.
AxisScale round_scale(double low, double high);

/// The same of a logarithmic axis, for values greater than 0: from one of 1, 2 or 5 times a power of
/// ten to another, with up to six grid lines at such numbers, or at powers of ten only.
AxisScale round_logarithmic_scale(double low, double high);

/// Moves labels that want to stand at `wanted` (pixels, downwards) as little as needed so that any
/// two are at least `height` apart and all lie within [top, bottom], keeping their order. Where
/// there are too many for that they are spread evenly. Results are in the order of `wanted`.
std::vector<double> spread_labels(
    std::span<const double> wanted, double height, double top, double bottom);

/// Of `ticks` evenly over `room` pixels, every so many-th can have a label that is `height` pixels
/// high without lying on the next; `ticks`, so that the first alone has one, where no two can.
std::ptrdiff_t label_stride(std::ptrdiff_t ticks, double room, int height);

} // namespace circuitloom::ui
