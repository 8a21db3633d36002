#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// What the reports on runs write alike.

/// The number to so many digits, or "-".
std::string fixed_or_dash(const std::optional<double>& value, int digits);

/// `null` where the number is none or not finite: JSON has no word for that.
nlohmann::ordered_json number(double value);
nlohmann::ordered_json number(const std::optional<double>& value);
/// Indented, ended by a line feed; bytes that are no UTF-8 are replaced.
std::string written(const nlohmann::ordered_json& json);

/// Says on stderr what of a task was left out, and what is to be known of the rest.
void tell_remarks(const std::vector<std::string>& dropped, const std::vector<std::string>& notes);

} // namespace circuitloom
