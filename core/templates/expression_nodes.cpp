#include "core/templates/expression_nodes.h"

#include <algorithm>
#include <utility>

namespace circuitloom::templates {

namespace {

constexpr int deepest_tree = 500;
constexpr std::size_t most_arguments = 100;

/// Takes note that `part` is below `made`.
void deepen(const TokenReader& reader, Expression& made, const Expression& part)
{
    made.depth = std::max(made.depth, part.depth + 1);
    if (made.depth > deepest_tree)
        reader.refuse("an expression has more than " + std::to_string(deepest_tree)
            + " steps one upon another");
}

} // namespace

ExpressionPtr new_node(const TokenReader& reader, Expression::Kind kind, std::string text)
{
    auto made = std::make_unique<Expression>();
    made->kind = kind;
    made->line = reader.now().line;
    made->text = std::move(text);
    return made;
}

void add_part(const TokenReader& reader, Expression& made, ExpressionPtr part)
{
    if (part)
        deepen(reader, made, *part);
    made.parts.push_back(std::move(part));
}

ExpressionPtr with_parts(
    const TokenReader& reader, ExpressionPtr made, ExpressionPtr first, ExpressionPtr second)
{
    add_part(reader, *made, std::move(first));
    if (second)
        add_part(reader, *made, std::move(second));
    return made;
}

void add_argument(const TokenReader& reader, Expression& made, Argument argument)
{
    // A filter may take another one by its name, with the arguments that follow, and so on.
    if (made.arguments.size() == most_arguments)
        reader.refuse("a call has more than " + std::to_string(most_arguments) + " arguments");
    deepen(reader, made, *argument.value);
    made.arguments.push_back(std::move(argument));
}

} // namespace circuitloom::templates
