#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace circuitloom::rules {

/// A line for every call in core/, ui/ and app/ under `root` whose result depends on the C library's
/// locale, in which a decimal may have a comma, as in
/// "core/text.cpp:3: stod() reads numbers by the user's locale". Those that print are seen where
/// a format with a decimal stands in the call's line.
std::vector<std::string> by_the_locale(const std::filesystem::path& root);

} // namespace circuitloom::rules
