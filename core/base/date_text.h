#pragma once

#include <string>

namespace circuitloom {

/// Seconds since 1970 as in "2026-07-30 14:05", in UTC; "unknown" where the year has no name.
std::string date_and_time(long long seconds);

} // namespace circuitloom
