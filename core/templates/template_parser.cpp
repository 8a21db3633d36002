#include "core/templates/template_parser.h"

#include "core/templates/expression_parser.h"
#include "core/templates/token_reader.h"

#include <algorithm>
#include <initializer_list>

namespace circuitloom::templates {

namespace {

using Kind = Statement::Kind;
using Words = std::initializer_list<std::string_view>;

class Parser
{
public:
    explicit Parser(TokenReader reader)
        : reader_(std::move(reader))
    {
    }

    std::vector<Statement> all()
    {
        std::vector<Statement> statements = body({});
        if (!reader_.is(TokenKind::end))
            reader_.fail("this statement has no beginning");
        return statements;
    }

private:
    /// Up to one of the statements that end it, of which `{%` is taken and the word stands next; or
    /// to the end.
    std::vector<Statement> body(Words ends)
    {
        const TokenReader::Nesting nesting(reader_);
        std::vector<Statement> statements;
        while (!reader_.is(TokenKind::end)) {
            Statement made;
            made.line = reader_.now().line;
            if (reader_.is(TokenKind::text)) {
                made.text = reader_.take().text;
            } else if (reader_.is(TokenKind::output_begin)) {
                reader_.take();
                made.kind = Kind::output;
                made.expression = parse_expression_list(reader_);
                close(TokenKind::output_end, "}}");
            } else {
                reader_.take(); // {%
                if (std::ranges::any_of(ends, [this](auto word) { return reader_.is_word(word); }))
                    return statements;
                made = statement(made.line);
            }
            statements.push_back(std::move(made));
        }
        if (ends.size() > 0)
            reader_.fail("there must be {% " + std::string(*ends.begin()) + " %} before the end");
        return statements;
    }

    void close(TokenKind kind, const std::string& mark)
    {
        if (!reader_.is(kind))
            reader_.fail("there must be " + mark + " here");
        reader_.take();
    }
    void close_statement() { close(TokenKind::statement_end, "%}"); }

    /// The word that ends a statement's body.
    void end_of(std::string_view word)
    {
        if (!reader_.take_word(word))
            reader_.fail("there must be " + std::string(word) + " here");
        close_statement();
    }

    Statement statement(int line)
    {
        Statement made;
        const std::string word = reader_.expect_name("a statement");
        made.line = line;
        if (word == "if")
            read_choice(made);
        else if (word == "for")
            read_loop(made);
        else if (word == "set")
            read_assignment(made);
        else if (word == "macro")
            read_macro(made);
        else if (word == "generation")
            read_generation(made);
        else if (word == "break" || word == "continue")
            read_jump(made, word);
        else
            reader_.fail("the statement " + word + " is not evaluated");
        return made;
    }

    void read_choice(Statement& made)
    {
        made.kind = Kind::choice;
        bool is_last = false;
        ExpressionPtr condition = parse_expression(reader_);
        for (;;) {
            close_statement();
            Branch branch{ std::move(condition), {} };
            branch.body = is_last ? body({ "endif" }) : body({ "endif", "elif", "else" });
            made.branches.push_back(std::move(branch));
            if (reader_.take_word("elif")) {
                condition = parse_expression(reader_);
            } else if (reader_.take_word("else")) {
                condition = nullptr;
                is_last = true;
            } else {
                end_of("endif");
                return;
            }
        }
    }

    void read_loop(Statement& made)
    {
        made.kind = Kind::loop;
        const bool in_brackets = reader_.take_symbol("(");
        do
            made.targets.push_back(reader_.expect_name("the name of what the loop goes through"));
        while (reader_.take_symbol(","));
        if (in_brackets)
            reader_.expect(")");
        if (!reader_.take_word("in"))
            reader_.fail("there must be in here");
        made.expression = parse_condition(reader_);
        if (reader_.take_word("if"))
            made.condition = parse_expression(reader_);
        close_statement();
        ++loops_;
        made.branches.push_back({ nullptr, body({ "endfor", "else" }) });
        --loops_;
        if (reader_.take_word("else")) {
            close_statement();
            made.branches.push_back({ nullptr, body({ "endfor" }) });
        }
        end_of("endfor");
    }

    void read_assignment(Statement& made)
    {
        made.kind = Kind::assignment;
        do {
            std::string target = reader_.expect_name("a name");
            if (reader_.take_symbol("."))
                target += "." + reader_.expect_name("an attribute's name");
            made.targets.push_back(std::move(target));
        } while (reader_.take_symbol(","));
        if (reader_.take_symbol("=")) {
            made.expression = parse_expression_list(reader_);
            close_statement();
            return;
        }
        if (made.targets.size() > 1)
            reader_.fail("there must be = here");
        made.kind = Kind::captured;
        close_statement();
        made.branches.push_back({ nullptr, body({ "endset" }) });
        end_of("endset");
    }

    void read_macro(Statement& made)
    {
        made.kind = Kind::macro;
        made.text = reader_.expect_name("a macro's name");
        reader_.expect("(");
        while (!reader_.take_symbol(")")) {
            Argument parameter{ reader_.expect_name("a parameter"), nullptr };
            if (reader_.take_symbol("="))
                parameter.value = parse_expression(reader_);
            made.parameters.push_back(std::move(parameter));
            if (!reader_.is_symbol(")"))
                reader_.expect(",");
        }
        close_statement();
        const int loops = std::exchange(loops_, 0);
        made.branches.push_back({ nullptr, body({ "endmacro" }) });
        loops_ = loops;
        end_of("endmacro");
    }

    void read_generation(Statement& made)
    {
        made.kind = Kind::block;
        close_statement();
        made.branches.push_back({ nullptr, body({ "endgeneration" }) });
        end_of("endgeneration");
    }

    void read_jump(Statement& made, const std::string& word)
    {
        if (loops_ == 0)
            reader_.fail(word + " stands outside of a loop");
        made.kind = word == "break" ? Kind::break_loop : Kind::continue_loop;
        close_statement();
    }

    TokenReader reader_;
    int loops_ = 0;
};

} // namespace

std::vector<Statement> parse_template(std::string_view source, const std::string& origin)
{
    return Parser(TokenReader(tokens_of(source, origin), origin)).all();
}

} // namespace circuitloom::templates
