#include "core/analysis/faithfulness_area.h"

#include <cstddef>

namespace circuitloom {

std::vector<int> sizes_of_shares(std::int64_t edges)
{
    std::vector<int> sizes;
    for (const double share : faithfulness_shares)
        if (const auto size = static_cast<int>(share * static_cast<double>(edges));
            size > 0 && (sizes.empty() || size > sizes.back()))
            sizes.push_back(size);
    return sizes;
}

double trapezoid(std::span<const double> x, std::span<const double> y)
{
    double area = 0;
    for (std::size_t i = 1; i < x.size(); ++i)
        area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    return area;
}

} // namespace circuitloom
