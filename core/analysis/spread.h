#pragma once

#include "core/base/measure.h"

#include <cstddef>
#include <span>
#include <string>

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

/// As in "97.5 % ± 1.2 %"; of a single value without deviation.
std::string spread_text(const Measure& measure, const Spread& spread);
/// The same with another number of decimals.
std::string spread_text(Notation notation, const Spread& spread, int decimals);
/// Of changes, as change_text() writes one: "+12.5 ± 1.2" in percentage points of an accuracy.
std::string change_text(const Measure& measure, const Spread& spread);

} // namespace circuitloom
