#include "core/templates/value_parser.h"

#include "core/templates/expression_nodes.h"
#include "core/templates/expression_parser.h"

#include <charconv>
#include <string_view>

namespace circuitloom::templates {

namespace {

using Kind = Expression::Kind;

class ValueParser
{
public:
    explicit ValueParser(TokenReader& reader)
        : reader_(reader)
    {
    }

    /// Filters and tests bind closer than the power, and that from the left, as in Jinja.
    ExpressionPtr power()
    {
        ExpressionPtr value = filtered(unary());
        while (reader_.is_symbol("**")) {
            ExpressionPtr made = new_node(reader_, Kind::binary, "**");
            reader_.take();
            value = with_parts(reader_, std::move(made), std::move(value), filtered(unary()));
        }
        return value;
    }

private:
    ExpressionPtr unary()
    {
        const TokenReader::Nesting nesting(reader_);
        if (reader_.is_symbol("-")) {
            ExpressionPtr made = new_node(reader_, Kind::negative);
            reader_.take();
            return with_parts(reader_, std::move(made), unary());
        }
        if (reader_.take_symbol("+"))
            return unary();
        return postfix(primary());
    }

    ExpressionPtr literal(Json value)
    {
        ExpressionPtr made = new_node(reader_, Kind::literal);
        made->literal = std::move(value);
        return made;
    }

    ExpressionPtr primary()
    {
        const Token token = reader_.now();
        switch (token.kind) {
        case TokenKind::name:
            return named(token.text);
        case TokenKind::text_literal: {
            std::string text;
            while (reader_.is(TokenKind::text_literal))
                text += reader_.take().text;
            return literal(std::move(text));
        }
        case TokenKind::whole_number: {
            std::int64_t value = 0;
            const auto [end, error]
                = std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
            if (error != std::errc() || end != token.text.data() + token.text.size())
                reader_.fail("a number is too large");
            reader_.take();
            return literal(value);
        }
        case TokenKind::number: {
            double value = 0;
            std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
            reader_.take();
            return literal(value);
        }
        default:
            break;
        }
        if (reader_.take_symbol("(")) {
            if (reader_.take_symbol(")"))
                return literal(Json::array());
            ExpressionPtr inside = list_of(")");
            return inside;
        }
        if (reader_.take_symbol("["))
            return items("]");
        if (reader_.take_symbol("{"))
            return dictionary();
        reader_.fail("there must be a value here");
    }

    ExpressionPtr named(const std::string& name)
    {
        ExpressionPtr made;
        if (name == "true" || name == "True")
            made = literal(true);
        else if (name == "false" || name == "False")
            made = literal(false);
        else if (name == "none" || name == "None")
            made = literal(nullptr);
        else
            made = new_node(reader_, Kind::name, name);
        reader_.take();
        return made;
    }

    /// What stands in round brackets: one value, or with a comma a list.
    ExpressionPtr list_of(std::string_view close)
    {
        ExpressionPtr first = parse_expression(reader_);
        if (reader_.take_symbol(close))
            return first;
        ExpressionPtr made = new_node(reader_, Kind::list);
        add_part(reader_, *made, std::move(first));
        while (reader_.take_symbol(",")) {
            if (reader_.take_symbol(close))
                return made;
            add_part(reader_, *made, parse_expression(reader_));
        }
        reader_.expect(close);
        return made;
    }

    ExpressionPtr items(std::string_view close)
    {
        ExpressionPtr made = new_node(reader_, Kind::list);
        while (!reader_.take_symbol(close)) {
            add_part(reader_, *made, parse_expression(reader_));
            if (!reader_.is_symbol(close))
                reader_.expect(",");
        }
        return made;
    }

    ExpressionPtr dictionary()
    {
        ExpressionPtr made = new_node(reader_, Kind::dictionary);
        while (!reader_.take_symbol("}")) {
            add_part(reader_, *made, parse_expression(reader_));
            reader_.expect(":");
            add_part(reader_, *made, parse_expression(reader_));
            if (!reader_.is_symbol("}"))
                reader_.expect(",");
        }
        return made;
    }

    /// .name, [item] and (arguments) behind a value.
    ExpressionPtr postfix(ExpressionPtr value)
    {
        for (;;) {
            if (reader_.is_symbol("."))
                value = attribute(std::move(value));
            else if (reader_.is_symbol("["))
                value = subscript(std::move(value));
            else if (reader_.is_symbol("("))
                value = call(std::move(value));
            else
                return value;
        }
    }

    ExpressionPtr attribute(ExpressionPtr value)
    {
        reader_.take();
        if (reader_.is(TokenKind::whole_number)) {
            ExpressionPtr made = new_node(reader_, Kind::item);
            return with_parts(reader_, std::move(made), std::move(value), primary());
        }
        ExpressionPtr made = new_node(reader_, Kind::attribute);
        made->text = reader_.expect_name("an attribute's name");
        return with_parts(reader_, std::move(made), std::move(value));
    }

    ExpressionPtr subscript(ExpressionPtr value)
    {
        ExpressionPtr made = new_node(reader_, Kind::item);
        add_part(reader_, *made, std::move(value));
        reader_.take();
        const auto part = [this]() {
            return reader_.is_symbol(":") || reader_.is_symbol("]") ? nullptr
                                                                    : parse_expression(reader_);
        };
        add_part(reader_, *made, part());
        while (reader_.take_symbol(":")) {
            made->kind = Kind::slice;
            add_part(reader_, *made, part());
        }
        if (made->kind == Kind::item && !made->parts[1])
            reader_.fail("there must be an index here");
        if (made->parts.size() > 4)
            reader_.fail("a slice has three parts at most");
        if (made->kind == Kind::slice)
            made->parts.resize(4);
        reader_.expect("]");
        return made;
    }

    void read_arguments(Expression& made)
    {
        while (!reader_.take_symbol(")")) {
            Argument argument;
            if (reader_.is(TokenKind::name) && reader_.then().kind == TokenKind::symbol
                && reader_.then().text == "=") {
                argument.name = reader_.take().text;
                reader_.take();
            }
            argument.value = parse_expression(reader_);
            add_argument(reader_, made, std::move(argument));
            if (!reader_.is_symbol(")"))
                reader_.expect(",");
        }
    }

    ExpressionPtr call(ExpressionPtr callee)
    {
        ExpressionPtr made = new_node(reader_, Kind::call);
        reader_.take();
        read_arguments(*made);
        return with_parts(reader_, std::move(made), std::move(callee));
    }

    /// | filter and `is test` behind a value.
    ExpressionPtr filtered(ExpressionPtr value)
    {
        for (;;) {
            if (reader_.is_symbol("|"))
                value = filter(std::move(value));
            else if (reader_.is_word("is"))
                value = test(std::move(value));
            else if (reader_.is_symbol("("))
                value = call(std::move(value));
            else
                return value;
        }
    }

    ExpressionPtr filter(ExpressionPtr value)
    {
        reader_.take();
        ExpressionPtr made = new_node(reader_, Kind::filter);
        made->text = reader_.expect_name("a filter's name");
        if (reader_.take_symbol("("))
            read_arguments(*made);
        return with_parts(reader_, std::move(made), std::move(value));
    }

    ExpressionPtr test(ExpressionPtr value)
    {
        reader_.take();
        const bool inverted = reader_.take_word("not");
        ExpressionPtr made = new_node(reader_, Kind::test);
        made->text = reader_.is(TokenKind::name) ? reader_.take().text : std::string();
        if (made->text.empty())
            reader_.fail("there must be a test's name here");
        if (reader_.take_symbol("(")) {
            read_arguments(*made);
        } else if (takes_bare_argument()) {
            Argument argument;
            argument.value = postfix(primary());
            add_argument(reader_, *made, std::move(argument));
        }
        made = with_parts(reader_, std::move(made), std::move(value));
        return inverted ? with_parts(reader_, new_node(reader_, Kind::inverse), std::move(made))
                        : std::move(made);
    }

    bool takes_bare_argument() const
    {
        const Token& token = reader_.now();
        if (token.kind == TokenKind::name)
            return token.text != "else" && token.text != "or" && token.text != "and"
                && token.text != "is" && token.text != "if" && token.text != "in"
                && token.text != "not";
        return token.kind == TokenKind::text_literal || token.kind == TokenKind::whole_number
            || token.kind == TokenKind::number || reader_.is_symbol("[") || reader_.is_symbol("{");
    }

    TokenReader& reader_;
};

} // namespace

ExpressionPtr parse_value(TokenReader& reader)
{
    return ValueParser(reader).power();
}

} // namespace circuitloom::templates
