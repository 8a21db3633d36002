#pragma once

#include "core/templates/template_functions.h"

#include <string>

namespace circuitloom::templates {

/// Python's text.split(sep, maxsplit), text.rsplit(sep, maxsplit) and text.splitlines().
Json parts_of_text(const std::string& text, const Arguments& arguments);
Json parts_from_right(const std::string& text, const Arguments& arguments);
Json lines_of_text(const std::string& text, const Arguments& arguments);
/// Texts without the characters of `set` (white space where it is empty) at their ends.
std::string stripped(const std::string& text, const std::string& set, bool left, bool right);

} // namespace circuitloom::templates
