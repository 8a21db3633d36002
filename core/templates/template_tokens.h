#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::templates {

enum class TokenKind
{
    text, ///< between tags, as it is written out
    output_begin, ///< {{
    output_end,
    statement_begin, ///< {%
    statement_end,
    name,
    text_literal, ///< `text` is the value
    whole_number,
    number,
    symbol, ///< an operator or a bracket
    end
};

struct Token
{
    TokenKind kind = TokenKind::end;
    std::string text;
    int line = 1;
};

/// A template's pieces in order, the last of them of kind `end`. White space around tags goes as
/// transformers has Jinja set up for chat templates: the line's indentation before {% and {#, the
/// line's end after %} and #}, all white space on the side of a - in a tag, none on that of a +,
/// and one line's end at the end. Throws InputError that begins with `origin` and names the line.
std::vector<Token> tokens_of(std::string_view source, const std::string& origin);

/// `origin`, line and what is wrong there, as an InputError.
[[noreturn]] void fail_at(const std::string& origin, int line, const std::string& what);

} // namespace circuitloom::templates
