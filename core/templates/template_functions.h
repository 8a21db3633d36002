#pragma once

#include "core/templates/template_value.h"

#include <string>
#include <utility>
#include <vector>

namespace circuitloom::templates {

/// The arguments of a call, evaluated.
struct Arguments
{
    std::vector<Json> values; ///< known by their place
    std::vector<std::pair<std::string, Json>> named;

    /// The one at this place or of this name; `otherwise` where neither is given.
    Json at(std::size_t place, const std::string& name, Json otherwise = undefined()) const;
};

/// Jinja's filters: value | name(arguments). Those that take another filter or a test by its name
/// (map, select, …) are here too. Throws Complaint for names that this program does not know and
/// for values that a filter does not take.
Json filtered(const std::string& name, const Json& value, const Arguments& arguments);
/// Jinja's tests: value is name(arguments).
bool passes_test(const std::string& name, const Json& value, const Arguments& arguments);
/// Python's methods of texts, lists and dictionaries: value.name(arguments).
Json method_result(const std::string& name, const Json& value, const Arguments& arguments);
/// value.name or value[name], which is undefined where the value has none.
Json attribute_of(const Json& value, const std::string& name);

/// Texts without the characters of `set` (white space where it is empty) at their ends.
std::string stripped(const std::string& text, const std::string& set, bool left, bool right);

/// No text that a template makes is longer, in bytes.
inline constexpr std::size_t most_bytes = std::size_t{ 16 } << 20;

} // namespace circuitloom::templates
