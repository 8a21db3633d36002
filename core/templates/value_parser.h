#pragma once

#include "core/templates/template_syntax.h"
#include "core/templates/token_reader.h"

namespace circuitloom::templates {

/// A value with its sign, attributes, items, calls, filters and tests: what stands between the
/// operators of an expression. Throws as parse_expression().
ExpressionPtr parse_value(TokenReader& reader);

} // namespace circuitloom::templates
