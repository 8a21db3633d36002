#include "core/analysis/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace circuitloom {

std::vector<double> mean_ranks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::ranges::sort(order, {}, [values](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        const double rank = static_cast<double>(first + 1 + end) / 2;
        for (; first < end; ++first)
            ranks[order[first]] = rank;
    }
    return ranks;
}

std::optional<double> rank_correlation(std::span<const double> a, std::span<const double> b)
{
    const std::size_t count = std::min(a.size(), b.size());
    const std::vector<double> left = mean_ranks(a.first(count));
    const std::vector<double> right = mean_ranks(b.first(count));
    const double middle = static_cast<double>(count + 1) / 2; // the mean of all ranks
    double both = 0;
    double of_left = 0;
    double of_right = 0;
    for (std::size_t i = 0; i < count; ++i) {
        both += (left[i] - middle) * (right[i] - middle);
        of_left += (left[i] - middle) * (left[i] - middle);
        of_right += (right[i] - middle) * (right[i] - middle);
    }
    if (of_left == 0 || of_right == 0)
        return std::nullopt;
    return std::clamp(both / std::sqrt(of_left * of_right), -1.0, 1.0);
}

std::vector<double> sizes(std::vector<double> values)
{
    for (double& value : values)
        value = std::abs(value);
    return values;
}

} // namespace circuitloom
