#include "ui/timeline/timeline_scale.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

double TimelineScale::x_of(double index) const
{
    if (count < 2)
        return left;
    return left + (right - left) * index / (count - 1);
}

int TimelineScale::index_at(double x) const
{
    if (count < 2 || right <= left)
        return count > 0 ? 0 : -1;
    const double index = std::round((x - left) / (right - left) * (count - 1));
    return static_cast<int>(std::clamp(index, 0.0, count - 1.0));
}

double index_of_step(std::span<const int> steps, double step)
{
    const auto after = std::upper_bound(steps.begin(), steps.end(), step);
    if (after == steps.begin())
        return 0;
    const double before = static_cast<double>(after - steps.begin()) - 1;
    if (after == steps.end())
        return before;
    const double low = *(after - 1);
    return before + (step - low) / (*after - low);
}

std::vector<int> column_peaks(std::span<const int> values, int columns)
{
    const std::size_t wanted
        = std::min(values.size(), static_cast<std::size_t>(std::max(columns, 0)));
    std::vector<int> peaks(wanted, 0);
    for (std::size_t i = 0; i < wanted; ++i) {
        const std::size_t from = i * values.size() / wanted;
        const std::size_t to = (i + 1) * values.size() / wanted;
        peaks[i] = *std::max_element(values.begin() + static_cast<std::ptrdiff_t>(from),
            values.begin() + static_cast<std::ptrdiff_t>(to));
    }
    return peaks;
}

} // namespace circuitloom::ui
