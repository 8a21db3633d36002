#pragma once

#include <span>
#include <vector>

namespace circuitloom {

/// An iteration whose circuit differs from the one before by far more than its neighbours' do.
struct LargeChange
{
    int iteration = 0;
    double turnover = 0; ///< share of its edges that the circuit before did not have, 0…1
    double usual = 0; ///< the median of that share among the iterations around it
    bool operator==(const LargeChange&) const = default;
};

/// The largest changes of a run, at most `most`, in the order of their iterations. `turnover` is
/// that of each iteration; the first one's, which has nothing to differ from, does not count.
///
/// A change is large where it exceeds the usual one around it (so that a run which settles is not
/// all change at its start) by more than three times the spread of such differences over the whole
/// run, and by at least a tenth of the circuit. Both are medians, which the large changes
/// themselves do not move. Runs of fewer than 8 iterations have none: nothing is usual there.
std::vector<LargeChange> large_changes(std::span<const double> turnover, int most);

} // namespace circuitloom
