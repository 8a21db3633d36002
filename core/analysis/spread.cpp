#include "core/analysis/spread.h"

#include "core/base/number_text.h"
#include "core/base/written_factor.h"

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

std::string spread_text(const Measure& measure, const Spread& spread)
{
    return spread_text(measure.notation, spread, measure.decimals);
}

std::string spread_text(Notation notation, const Spread& spread, int decimals)
{
    const std::string mean = value_text(notation, spread.mean, decimals);
    return spread.count > 1 ? mean + " ± " + value_text(notation, spread.deviation, decimals) : mean;
}

std::string change_text(const Measure& measure, const Spread& spread)
{
    const std::string mean = change_text(measure, spread.mean);
    return spread.count > 1
        ? mean + " ± " + fixed(written_factor(measure.notation) * spread.deviation, measure.decimals)
        : mean;
}

} // namespace circuitloom
