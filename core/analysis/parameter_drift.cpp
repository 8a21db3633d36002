#include "core/analysis/parameter_drift.h"

#include "core/base/error.h"

#include <cmath>
#include <cstddef>

namespace circuitloom {

void ParameterDrift::add(std::span<const float> before, std::span<const float> after)
{
    if (before.size() != after.size())
        throw Error("A node's parameters differ in number before and after.");
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double change = static_cast<double>(after[i]) - before[i];
        change_ += change * change;
        before_ += static_cast<double>(before[i]) * before[i];
    }
}

std::optional<double> ParameterDrift::relative() const
{
    if (change_ == 0)
        return 0.0;
    return before_ > 0 ? std::optional(std::sqrt(change_ / before_)) : std::nullopt;
}

double ParameterDrift::absolute() const
{
    return std::sqrt(change_);
}

} // namespace circuitloom
