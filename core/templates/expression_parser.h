#pragma once

#include "core/templates/template_syntax.h"
#include "core/templates/token_reader.h"

namespace circuitloom::templates {

/// The expression that begins at the reader's token, up to the first token that does not belong to
/// it. Throws InputError where it is none of Jinja's.
ExpressionPtr parse_expression(TokenReader& reader);
/// The same without `x if y else z`, as after `in` of a loop.
ExpressionPtr parse_condition(TokenReader& reader);
/// Expressions with commas between, which are a list.
ExpressionPtr parse_expression_list(TokenReader& reader);

} // namespace circuitloom::templates
