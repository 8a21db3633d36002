#include "ui/timeline/timeline_scale.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

double TimelineScale::x_of(double index) const
{
    if (count < 2)
        return left;
    if (!goes_by_places())
        return left + (right - left) * index / (count - 1);
    const double whole = std::clamp(std::floor(index), 0.0, count - 1.0);
    const auto before = static_cast<std::size_t>(whole);
    const std::size_t after = std::min(before + 1, places.size() - 1);
    const double place
        = places[before] + (index - whole) * (places[after] - places[before]);
    return left + (right - left) * (place - places.front()) / (places.back() - places.front());
}

bool TimelineScale::goes_by_places() const
{
    return places.size() == static_cast<std::size_t>(count) && places.back() > places.front();
}

int TimelineScale::index_at(double x) const
{
    if (count < 2 || right <= left)
        return count > 0 ? 0 : -1;
    if (goes_by_places()) {
        const double place
            = places.front() + (x - left) / (right - left) * (places.back() - places.front());
        const auto after = std::lower_bound(places.begin(), places.end(), place);
        if (after == places.begin())
            return 0;
        if (after == places.end())
            return count - 1;
        const auto nearest = place - *(after - 1) <= *after - place ? after - 1 : after;
        return static_cast<int>(nearest - places.begin());
    }
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

std::vector<ColumnPeak> column_peaks(
    std::span<const int> values, const TimelineScale& scale, double width, int first)
{
    std::vector<ColumnPeak> peaks;
    int column = -1;
    for (int i = first; i < static_cast<int>(values.size()); ++i) {
        const int value = values[static_cast<std::size_t>(i)];
        const int own = static_cast<int>((scale.x_of(i) - scale.left) / width);
        if (own != column)
            peaks.push_back({ i, value });
        else if (value > peaks.back().value)
            peaks.back() = { i, value };
        column = own;
    }
    return peaks;
}

} // namespace circuitloom::ui
