#pragma once

#include "core/templates/template_syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::templates {

/// The statements of a template in Jinja's language. Throws InputError that begins with `origin`
/// and names the line, for what is not Jinja and for what this program does not evaluate (includes,
/// inheritance, call blocks).
std::vector<Statement> parse_template(std::string_view source, const std::string& origin);

} // namespace circuitloom::templates
