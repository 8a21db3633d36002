#pragma once

#include <span>
#include <vector>

namespace circuitloom::ui {

/// Where iterations lie on a horizontal line from `left` to `right` (pixels): the first at its left
/// end, the last at its right.
struct TimelineScale
{
    double left = 0;
    double right = 0;
    int count = 0; ///< iterations

    /// Where an iteration lies; 2.5 is half way between 2 and 3. The left end where there is but
    /// one.
    double x_of(double index) const;
    /// The iteration nearest to `x`, be that beyond an end. -1 where there is none.
    int index_at(double x) const;
};

/// Where among the iterations (their `steps`, rising) an optimizer step lies: 2.5 is half way
/// between the third and the fourth. The first or the last for a step beyond them.
double index_of_step(std::span<const int> steps, double step);

/// The largest of `values` (one an iteration) in each of `columns` equal parts, so that no peak is
/// lost where iterations are closer than pixels. As many as `values` where those are fewer.
std::vector<int> column_peaks(std::span<const int> values, int columns);

} // namespace circuitloom::ui
