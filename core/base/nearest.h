#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The candidates that look most like `text`, nearest first, at most three. One that stands in a
/// section, as `circuit.top_n`, may be meant by its last part alone.
std::vector<std::string> nearest(std::string_view text, std::vector<std::string> candidates);

/// The nearest candidate, where few letters of `text` are wrong; else empty.
std::string likely_meant(std::string_view text, std::vector<std::string> candidates);

} // namespace circuitloom
