#pragma once

#include "ui/curves/plot_content.h"

#include <limits>
#include <span>

namespace circuitloom::ui {

/// The part of a horizontal axis that is drawn, and on how many columns of pixels.
struct PixelColumns
{
    HorizontalAxis axis;
    double first = 0; ///< the place at the left end
    double last = 1; ///< and at the right one
    int columns = 1;
    /// Values that are not greater have no place, as those that are not finite have none.
    double floor = -std::numeric_limits<double>::infinity();

    /// The place at which a column begins; 0 is the first.
    double begin_of(int column) const;
    bool has_place(double value) const;
};

/// Fewer points that paint the same: of each column of pixels the first, the least, the greatest
/// and the last point that have a place, in the order of the curve, and one without, a not-a-number,
/// where any lies between them. So no more than 5 points a column, and 2 beyond each end, where the
/// line comes from and goes to. A curve with no more points than columns is given as it is.
Curve column_extremes(std::span<const CurvePoint> curve, const PixelColumns& pixels);

/// The points of the curve that have a place, but neither neighbour has: at most two a column, the
/// least and the greatest, in the order of the curve.
Curve lone_points(std::span<const CurvePoint> curve, const PixelColumns& pixels);

/// The same of a band: of each column the least `low` and the greatest `high`, at its last place.
std::vector<BandPoint> column_extremes(std::span<const BandPoint> band, const PixelColumns& pixels);

} // namespace circuitloom::ui
