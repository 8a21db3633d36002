#pragma once

#include "core/templates/template_value.h"

namespace circuitloom::templates {

/// a op b for +, -, *, /, //, %, ** and ~, as in Python. Throws Complaint for kinds that do not go
/// together and for results that become too large.
Json operated(const std::string& symbol, const Json& a, const Json& b);
/// a op b for ==, !=, <, <=, >, >=, in and not in.
bool compared(const std::string& symbol, const Json& a, const Json& b);
/// value[index]; undefined where there is no such item.
Json item_of(const Json& value, const Json& index);
/// value[first:last:step]; null or undefined stands for a bound that is left out.
Json slice_of(const Json& value, const Json& first, const Json& last, const Json& step);

} // namespace circuitloom::templates
