#pragma once

#include "core/templates/template_tokens.h"

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::templates {

/// A template's tokens, taken one after another.
class TokenReader
{
public:
    TokenReader(std::vector<Token> tokens, std::string origin)
        : tokens_(std::move(tokens))
        , origin_(std::move(origin))
    {
    }

    const Token& now() const { return tokens_[at_]; }
    const Token& then() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
    Token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool is(TokenKind kind) const { return now().kind == kind; }
    bool is_symbol(std::string_view symbol) const
    {
        return is(TokenKind::symbol) && now().text == symbol;
    }
    bool is_word(std::string_view word) const { return is(TokenKind::name) && now().text == word; }
    /// Takes it where it stands here.
    bool take_symbol(std::string_view symbol) { return is_symbol(symbol) && (take(), true); }
    bool take_word(std::string_view word) { return is_word(word) && (take(), true); }
    void expect(std::string_view symbol)
    {
        if (!take_symbol(symbol))
            fail("there must be a " + std::string(symbol) + " here");
    }
    std::string expect_name(const std::string& what)
    {
        if (!is(TokenKind::name))
            fail("there must be " + what + " here");
        return take().text;
    }
    [[noreturn]] void fail(const std::string& what) const
    {
        const Token& token = now();
        fail_at(origin_, token.line,
            what + (token.text.empty() ? "" : ", not " + token.text.substr(0, 40)));
    }
    [[noreturn]] void refuse(const std::string& what) const { fail_at(origin_, now().line, what); }
    /// Keeps what a template nests from taking the stack.
    class Nesting
    {
    public:
        explicit Nesting(TokenReader& reader)
            : depth_(reader.depth_)
        {
            if (++depth_ > 200)
                reader.refuse("it is nested deeper than 200 levels");
        }
        ~Nesting() { --depth_; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;

    private:
        int& depth_;
    };

private:
    std::vector<Token> tokens_;
    std::string origin_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

} // namespace circuitloom::templates
