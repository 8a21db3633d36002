#pragma once

#include "core/templates/template_syntax.h"
#include "core/templates/token_reader.h"

#include <string>

namespace circuitloom::templates {

/// An expression at the reader's line.
ExpressionPtr new_node(const TokenReader& reader, Expression::Kind kind, std::string text = {});
/// Adds a part, which may be null. Throws InputError where the tree becomes so deep that to
/// evaluate it could take the stack: a op b op c … is as deep as it is long.
void add_part(const TokenReader& reader, Expression& made, ExpressionPtr part);
/// An expression with these parts, of which the second may be null. Throws as add_part().
ExpressionPtr with_parts(const TokenReader& reader, ExpressionPtr made, ExpressionPtr first,
    ExpressionPtr second = nullptr);
/// Throws as add_part(), and where there are more arguments than anything takes.
void add_argument(const TokenReader& reader, Expression& made, Argument argument);

} // namespace circuitloom::templates
