#include "core/analysis/spread.h"

#include <cmath>
#include <numeric>

namespace circuitloom {

Spread spread_of(std::span<const double> values)
{
    Spread spread{ 0, 0, values.size() };
    const auto count = static_cast<double>(values.size());
    spread.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - spread.mean) * (value - spread.mean);
    if (values.size() > 1)
        spread.deviation = std::sqrt(squares / (count - 1));
    return spread;
}

} // namespace circuitloom
