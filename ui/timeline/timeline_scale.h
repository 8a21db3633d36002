#pragma once

#include <span>
#include <vector>

namespace circuitloom::ui {

/// Where iterations lie on a horizontal line from `left` to `right` (pixels): the first at its left
/// end, the last at its right, the others as far apart as their places say.
struct TimelineScale
{
    double left = 0;
    double right = 0;
    int count = 0; ///< iterations
    /// Of each iteration, in any unit, none less than the one before; empty where all are equally
    /// far apart. What it shows must outlive this.
    std::span<const double> places = {};

    /// Where an iteration lies; 2.5 is half way between 2 and 3. The left end where there is but
    /// one.
    double x_of(double index) const;
    /// The iteration nearest to `x`, be that beyond an end. -1 where there is none.
    int index_at(double x) const;

private:
    bool goes_by_places() const;
};

/// Where among the iterations (their `steps`, rising) an optimizer step lies: 2.5 is half way
/// between the third and the fourth. The first or the last for a step beyond them.
double index_of_step(std::span<const int> steps, double step);

/// The highest of `values` (one an iteration) within one column of pixels, and whose it is.
struct ColumnPeak
{
    int iteration = 0;
    int value = 0;
    bool operator==(const ColumnPeak&) const = default;
};

/// Those of the iterations from `first` on, in columns of `width` pixels, so that no peak is lost
/// where iterations are closer than that. `values` must have one of each of the scale's iterations.
std::vector<ColumnPeak> column_peaks(
    std::span<const int> values, const TimelineScale& scale, double width, int first);

} // namespace circuitloom::ui
