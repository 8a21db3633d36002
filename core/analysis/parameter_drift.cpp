#include "core/analysis/parameter_drift.h"

#include "core/base/error.h"

#include <cmath>
#include <cstddef>

namespace circuitloom {

template <class Number>
void ParameterDrift::add_numbers(std::span<const Number> before, std::span<const Number> after)
{
    if (before.size() != after.size())
        throw Error("A node's parameters differ in number before and after.");
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double from = before[i];
        const double change = after[i] - from;
        change_ += change * change;
        squares_before_ += from * from;
    }
}

void ParameterDrift::add(std::span<const float> before, std::span<const float> after)
{
    add_numbers(before, after);
}

void ParameterDrift::add(std::span<const double> before, std::span<const double> after)
{
    add_numbers(before, after);
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
