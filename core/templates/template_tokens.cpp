#include "core/templates/template_tokens.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>

namespace circuitloom::templates {

namespace {

constexpr std::string_view white = " \t\n\r\v\f";

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool starts_name(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class Lexer
{
public:
    Lexer(std::string source, const std::string& origin)
        : source_(std::move(source))
        , origin_(origin)
    {
    }

    std::vector<Token> all()
    {
        while (at_ < source_.size())
            next_piece();
        tokens_.push_back({ TokenKind::end, {}, line_ });
        return std::move(tokens_);
    }

private:
    bool looking_at(std::string_view text) const
    {
        return std::string_view(source_).substr(at_).starts_with(text);
    }
    [[noreturn]] void fail(const std::string& what) const { fail_at(origin_, line_, what); }

    void go_to(std::size_t place)
    {
        line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
            source_.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
        at_ = place;
    }

    /// The text up to the next tag, and the tag.
    void next_piece()
    {
        std::size_t tag = source_.find('{', at_);
        while (tag != source_.npos
            && (tag + 1 == source_.size()
                || std::string_view("{%#").find(source_[tag + 1]) == std::string_view::npos))
            tag = source_.find('{', tag + 1);
        if (tag == source_.npos) {
            add_text(source_.size());
            return;
        }
        const char kind = source_[tag + 1];
        const char sign = tag + 2 < source_.size() ? source_[tag + 2] : ' ';
        add_text(tag, sign == '-', kind != '{' && sign != '+');
        go_to(tag + 2 + (sign == '-' || sign == '+' ? 1 : 0));
        if (kind == '#')
            skip_comment();
        else if (kind == '{')
            read_tag(TokenKind::output_begin, TokenKind::output_end, "}}");
        else if (!read_raw())
            read_tag(TokenKind::statement_begin, TokenKind::statement_end, "%}");
    }

    void add_text(std::size_t end, bool strip_all = false, bool strip_indent = false)
    {
        std::string_view text = std::string_view(source_).substr(at_, end - at_);
        const bool at_line_start = at_ == 0 || source_[at_ - 1] == '\n';
        if (strip_all) {
            const std::size_t last = text.find_last_not_of(white);
            text = text.substr(0, last == text.npos ? 0 : last + 1);
        } else if (strip_indent) {
            const std::size_t newline = text.rfind('\n');
            const std::size_t line = newline == text.npos ? 0 : newline + 1;
            if ((line > 0 || at_line_start)
                && text.substr(line).find_first_not_of(white) == text.npos)
                text = text.substr(0, line);
        }
        if (!text.empty())
            tokens_.push_back({ TokenKind::text, std::string(text), line_ });
        go_to(end);
    }

    /// Behind a tag: `sign` is what stands before its closing mark.
    void leave_tag(char sign, bool takes_line_end)
    {
        std::size_t end = at_;
        if (sign == '-')
            end = std::min(source_.find_first_not_of(white, at_), source_.size());
        else if (sign != '+' && takes_line_end && end < source_.size() && source_[end] == '\n')
            ++end;
        go_to(end);
    }

    void skip_comment()
    {
        const std::size_t close = source_.find("#}", at_);
        if (close == source_.npos)
            fail("the comment has no end");
        const char sign = close > at_ ? source_[close - 1] : ' ';
        go_to(close + 2);
        leave_tag(sign, true);
    }

    /// {% raw %}…{% endraw %}: its inside is text. False where another statement begins.
    bool read_raw()
    {
        const auto closes = [this](std::size_t place, std::string_view word) -> std::size_t {
            place = source_.find_first_not_of(white, place);
            if (place == source_.npos || source_.compare(place, word.size(), word) != 0)
                return source_.npos;
            place = source_.find_first_not_of(white, place + word.size());
            if (place != source_.npos && source_[place] == '-')
                ++place;
            return place != source_.npos && source_.compare(place, 2, "%}") == 0 ? place + 2
                                                                                 : source_.npos;
        };
        const std::size_t inside = closes(at_, "raw");
        if (inside == source_.npos)
            return false;
        go_to(inside);
        leave_tag(source_[inside - 3], true);
        for (std::size_t tag = source_.find("{%", at_); tag != source_.npos;
             tag = source_.find("{%", tag + 2)) {
            const bool strips = tag + 2 < source_.size() && source_[tag + 2] == '-';
            const std::size_t after = closes(tag + (strips ? 3 : 2), "endraw");
            if (after == source_.npos)
                continue;
            add_text(tag, strips, true);
            go_to(after);
            leave_tag(source_[after - 3], true);
            return true;
        }
        fail("raw has no endraw");
    }

    void read_tag(TokenKind begin, TokenKind end, std::string_view close)
    {
        add(begin, {});
        int depth = 0; // of brackets, in which }} may close two dictionaries
        for (;;) {
            go_to(std::min(source_.find_first_not_of(white, at_), source_.size()));
            if (at_ == source_.size())
                fail("a tag has no end");
            const char sign = source_[at_];
            if (depth == 0 && (sign == '-' || sign == '+')
                && std::string_view(source_).substr(at_ + 1).starts_with(close)) {
                add(end, {});
                go_to(at_ + 3);
                leave_tag(sign, end == TokenKind::statement_end);
                return;
            }
            if (depth == 0 && looking_at(close)) {
                add(end, {});
                go_to(at_ + 2);
                leave_tag(' ', end == TokenKind::statement_end);
                return;
            }
            depth += sign == '(' || sign == '[' || sign == '{' ? 1 : 0;
            depth -= sign == ')' || sign == ']' || sign == '}' ? 1 : 0;
            read_expression_token();
        }
    }

    void add(TokenKind kind, std::string text)
    {
        tokens_.push_back({ kind, std::move(text), line_ });
    }

    void read_expression_token()
    {
        const char first = source_[at_];
        std::size_t end = at_ + 1;
        if (starts_name(first)) {
            while (end < source_.size() && (starts_name(source_[end]) || is_digit(source_[end])))
                ++end;
            add(TokenKind::name, source_.substr(at_, end - at_));
            go_to(end);
        } else if (is_digit(first)) {
            read_number();
        } else if (first == '\'' || first == '"') {
            read_text_literal(first);
        } else {
            read_symbol();
        }
    }

    void read_number()
    {
        const auto digits = [this](std::size_t from) {
            while (from < source_.size() && (is_digit(source_[from]) || source_[from] == '_'))
                ++from;
            return from;
        };
        std::size_t end = digits(at_);
        TokenKind kind = TokenKind::whole_number;
        if (end + 1 < source_.size() && source_[end] == '.' && is_digit(source_[end + 1])) {
            kind = TokenKind::number;
            end = digits(end + 1);
        }
        if (end < source_.size() && (source_[end] == 'e' || source_[end] == 'E')) {
            const std::size_t sign
                = end + 1 < source_.size() && (source_[end + 1] == '-' || source_[end + 1] == '+');
            if (const std::size_t last = digits(end + 1 + sign); last > end + 1 + sign) {
                kind = TokenKind::number;
                end = last;
            }
        }
        std::string text = source_.substr(at_, end - at_);
        std::erase(text, '_');
        add(kind, text);
        go_to(end);
    }

    void read_text_literal(char quote)
    {
        std::string value;
        std::size_t end = at_ + 1;
        for (; end < source_.size() && source_[end] != quote; ++end) {
            if (source_[end] != '\\' || end + 1 == source_.size()) {
                value += source_[end];
                continue;
            }
            constexpr std::string_view written = "nrtbfav0\\'\"";
            constexpr std::string_view meant{ "\n\r\t\b\f\a\v\0\\'\"", 11 };
            const char escape = source_[++end];
            if (const std::size_t known = written.find(escape); known != written.npos)
                value += meant[known];
            else if (const std::size_t digits = escape == 'x' ? 2
                         : escape == 'u'                      ? 4
                                                              : 0;
                     digits > 0)
                end = read_code(end + 1, digits, value) - 1;
            else if (escape != '\n') // a line that goes on has no line's end
                (value += '\\') += escape;
        }
        if (end == source_.size())
            fail("a text in quotes has no end");
        add(TokenKind::text_literal, std::move(value));
        go_to(end + 1);
    }

    std::size_t read_code(std::size_t from, std::size_t digits, std::string& value) const
    {
        char32_t code = 0;
        for (std::size_t i = from; i < from + digits; ++i) {
            constexpr std::string_view hex = "0123456789abcdef";
            const char small = i < source_.size() && source_[i] >= 'A' && source_[i] <= 'F'
                ? static_cast<char>(source_[i] - 'A' + 'a')
                : (i < source_.size() ? source_[i] : ' ');
            const std::size_t digit = hex.find(small);
            if (digit == hex.npos)
                fail("an escape in a text has too few digits");
            code = code * 16 + static_cast<char32_t>(digit);
        }
        append_character(value, code >= 0xD800 && code < 0xE000 ? U'\uFFFD' : code);
        return from + digits;
    }

    void read_symbol()
    {
        constexpr std::array<std::string_view, 27> symbols{ "//", "**", "==", "!=", "<=", ">=", "+",
            "-", "*", "/", "%", "~", "<", ">", "=", ".", ",", ":", "|", "(", ")", "[", "]", "{",
            "}", ";", "!" };
        for (const std::string_view symbol : symbols)
            if (looking_at(symbol)) {
                add(TokenKind::symbol, std::string(symbol));
                go_to(at_ + symbol.size());
                return;
            }
        fail("there is a character that means nothing: "
            + for_message(std::string_view(source_).substr(at_, character_bytes(source_[at_]))));
    }

    std::string source_;
    const std::string& origin_;
    std::size_t at_ = 0;
    int line_ = 1;
    std::vector<Token> tokens_;
};

/// With \n as every line's end, and none at the end of the last.
std::string with_plain_lines(std::string_view source)
{
    std::string text = valid_utf8(source);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        text[kept++] = text[i] == '\r' ? '\n' : text[i];
    }
    text.resize(kept);
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

} // namespace

std::vector<Token> tokens_of(std::string_view source, const std::string& origin)
{
    return Lexer(with_plain_lines(source), origin).all();
}

void fail_at(const std::string& origin, int line, const std::string& what)
{
    throw InputError(origin + ", line " + std::to_string(line) + ": " + for_message(what) + ".");
}

} // namespace circuitloom::templates
