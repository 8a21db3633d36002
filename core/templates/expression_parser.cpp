#include "core/templates/expression_parser.h"

#include "core/templates/expression_nodes.h"
#include "core/templates/value_parser.h"

#include <initializer_list>
#include <string_view>

namespace circuitloom::templates {

namespace {

using Kind = Expression::Kind;

class Parser
{
public:
    explicit Parser(TokenReader& reader)
        : reader_(reader)
    {
    }

    ExpressionPtr conditional()
    {
        const TokenReader::Nesting nesting(reader_);
        ExpressionPtr value = any_of();
        while (reader_.is_word("if")) {
            ExpressionPtr made = new_node(reader_, Kind::conditional);
            reader_.take();
            made = with_parts(reader_, std::move(made), std::move(value), any_of());
            add_part(reader_, *made, reader_.take_word("else") ? conditional() : nullptr);
            value = std::move(made);
        }
        return value;
    }

    ExpressionPtr any_of() { return joined({ "or" }, TokenKind::name, &Parser::all_of); }

private:
    using Level = ExpressionPtr (Parser::*)();

    /// a op b op c, from the left.
    ExpressionPtr joined(
        std::initializer_list<std::string_view> operators, TokenKind kind, Level next)
    {
        ExpressionPtr left = (this->*next)();
        for (;;) {
            bool found = false;
            for (const std::string_view symbol : operators) {
                if (!reader_.is(kind) || reader_.now().text != symbol)
                    continue;
                ExpressionPtr made = new_node(reader_, Kind::binary, std::string(symbol));
                reader_.take();
                left = with_parts(reader_, std::move(made), std::move(left), (this->*next)());
                found = true;
                break;
            }
            if (!found)
                return left;
        }
    }

    ExpressionPtr all_of() { return joined({ "and" }, TokenKind::name, &Parser::inverse); }

    ExpressionPtr inverse()
    {
        if (!reader_.is_word("not"))
            return comparison();
        const TokenReader::Nesting nesting(reader_);
        ExpressionPtr made = new_node(reader_, Kind::inverse);
        reader_.take();
        return with_parts(reader_, std::move(made), inverse());
    }

    /// The comparison that stands here is taken; empty where there is none.
    std::string take_comparison()
    {
        for (const std::string_view symbol : { "==", "!=", "<=", ">=", "<", ">" })
            if (reader_.take_symbol(symbol))
                return std::string(symbol);
        if (reader_.take_word("in"))
            return "in";
        if (reader_.is_word("not") && reader_.then().text == "in") {
            reader_.take();
            reader_.take();
            return "not in";
        }
        return {};
    }

    ExpressionPtr comparison()
    {
        ExpressionPtr first = sum();
        ExpressionPtr made = new_node(reader_, Kind::comparison);
        for (std::string symbol = take_comparison(); !symbol.empty(); symbol = take_comparison()) {
            made->operators.push_back(symbol);
            if (made->parts.empty())
                add_part(reader_, *made, std::move(first));
            add_part(reader_, *made, sum());
        }
        return made->operators.empty() ? std::move(first) : std::move(made);
    }

    ExpressionPtr sum() { return joined({ "+", "-" }, TokenKind::symbol, &Parser::concatenation); }
    ExpressionPtr concatenation() { return joined({ "~" }, TokenKind::symbol, &Parser::product); }
    ExpressionPtr product()
    {
        return joined({ "*", "//", "/", "%" }, TokenKind::symbol, &Parser::value);
    }
    ExpressionPtr value() { return parse_value(reader_); }

    TokenReader& reader_;
};

} // namespace

ExpressionPtr parse_expression(TokenReader& reader)
{
    return Parser(reader).conditional();
}

ExpressionPtr parse_condition(TokenReader& reader)
{
    return Parser(reader).any_of();
}

ExpressionPtr parse_expression_list(TokenReader& reader)
{
    ExpressionPtr first = parse_expression(reader);
    if (!reader.is_symbol(","))
        return first;
    ExpressionPtr made = new_node(reader, Kind::list);
    add_part(reader, *made, std::move(first));
    while (reader.take_symbol(","))
        add_part(reader, *made, parse_expression(reader));
    return made;
}

} // namespace circuitloom::templates
