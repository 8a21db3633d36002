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
        squares_before_ += static_cast<double>(before[i]) * before[i];
    }
}

std::optional<double> ParameterDrift::relative() const
{
    if (change_ == 0)
        return 0.0;
    return squares_before_ > 0 ? std::optional(std::sqrt(change_ / squares_before_)) : std::nullopt;
}

double ParameterDrift::absolute() const
{
    return std::sqrt(change_);
}

double ParameterDrift::before() const
{
    return std::sqrt(squares_before_);
}

ParameterDrift& ParameterDrift::operator+=(const ParameterDrift& other)
{
    change_ += other.change_;
    squares_before_ += other.squares_before_;
    return *this;
}

} // namespace circuitloom
