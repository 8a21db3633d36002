#pragma once

#include <cstddef>
#include <span>

namespace circuitloom {

/// The mean of a sample and its standard deviation (n − 1 in the denominator; 0 of a single value).
struct Spread
{
    double mean = 0;
    double deviation = 0;
    std::size_t count = 0;
};

/// Of at least one value.
Spread spread_of(std::span<const double> values);

} // namespace circuitloom
