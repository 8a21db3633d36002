#pragma once

#include "core/store/records.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace circuitloom {

/// What the reports on runs write alike.

/// True for measures that are a share of their items.
bool is_share(const std::string& measure);
/// As in "97.5 %" of an accuracy, "12.345" of a perplexity.
std::string value_text(const std::string& measure, double value);
/// As in "+12.5" (percentage points) or "-0.250".
std::string change_text(const std::string& measure, double change);
/// The number to so many digits, or "-".
std::string fixed_or_dash(const std::optional<double>& value, int digits);

/// `null` where the number is none or not finite: JSON has no word for that.
nlohmann::ordered_json number(double value);
nlohmann::ordered_json number(const std::optional<double>& value);
/// Indented, ended by a line feed; bytes that are no UTF-8 are replaced.
std::string written(const nlohmann::ordered_json& json);

} // namespace circuitloom
