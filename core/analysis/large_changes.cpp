#include "core/analysis/large_changes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>

namespace circuitloom {

namespace {

constexpr std::size_t fewest_iterations = 8;
constexpr std::size_t reach = 12; ///< iterations on either side that say what is usual
constexpr double least_excess = 0.1; ///< of the circuit's edges
/// Of a median absolute deviation: what makes it the standard deviation of a normal distribution.
constexpr double to_deviation = 1.4826;

double median(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// At each iteration but the first, which is passed over: the median of those around it, which are
// kept sorted from one to the next.
std::vector<double> usual_turnover(std::span<const double> turnover)
{
    std::vector<double> usual(turnover.size(), 0);
    std::vector<double> around;
    const auto take
        = [&](double value) { around.insert(std::ranges::upper_bound(around, value), value); };
    for (std::size_t i = 1; i < std::min(reach + 1, turnover.size()); ++i)
        take(turnover[i]);
    for (std::size_t i = 1; i < turnover.size(); ++i) {
        if (i + reach < turnover.size())
            take(turnover[i + reach]);
        if (i > reach + 1)
            around.erase(std::ranges::lower_bound(around, turnover[i - reach - 1]));
        usual[i] = around[around.size() / 2];
    }
    return usual;
}

} // namespace

std::vector<LargeChange> large_changes(std::span<const double> turnover, int most)
{
    if (turnover.size() < fewest_iterations || most <= 0)
        return {};
    const std::vector<double> usual = usual_turnover(turnover);
    std::vector<double> deviations;
    for (std::size_t i = 1; i < turnover.size(); ++i)
        deviations.push_back(std::abs(turnover[i] - usual[i]));
    const double enough = std::max(least_excess, 3 * to_deviation * median(deviations));

    std::vector<LargeChange> found;
    for (std::size_t i = 1; i < turnover.size(); ++i)
        if (turnover[i] - usual[i] > enough)
            found.push_back({ static_cast<int>(i), turnover[i], usual[i] });
    std::ranges::stable_sort(
        found, std::ranges::greater{}, [](const LargeChange& c) { return c.turnover - c.usual; });
    if (found.size() > static_cast<std::size_t>(most))
        found.resize(static_cast<std::size_t>(most));
    std::ranges::sort(found, {}, &LargeChange::iteration);
    return found;
}

} // namespace circuitloom
