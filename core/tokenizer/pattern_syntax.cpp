#include "core/tokenizer/pattern_syntax.h"

#include "core/base/error.h"

#include <algorithm>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

/// PCRE2's \s has U+180E, which stopped being white space with Unicode 6.3, and its \w is narrower
/// than Oniguruma's: the word characters of UTS 18, and six more. \b is between these.
constexpr std::string_view word_characters = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}²³¹¼½¾";

class Translation
{
public:
    Translation(std::string_view pattern, std::string_view origin)
        : pattern_(pattern)
        , origin_(origin)
    {
    }

    std::string result()
    {
        while (position_ < pattern_.size())
            step();
        close_options();
        return std::move(result_);
    }

private:
    [[noreturn]] void refuse(std::string_view what) const
    {
        throw InputError(std::string(origin_) + ": the pattern has " + std::string(what)
            + ", which is not supported.");
    }

    bool at(std::string_view text) const { return pattern_.substr(position_).starts_with(text); }

    void take(std::size_t count)
    {
        result_ += pattern_.substr(position_, count);
        position_ += count;
    }

    /// Up to the next `}`, or one character where there is none.
    void take_braces()
    {
        const std::size_t close = pattern_.find('}', position_);
        take(close == std::string_view::npos ? 1 : close + 1 - position_);
    }

    void step()
    {
        if (at("\\"))
            escape();
        else if (in_class_)
            in_class();
        else if (at("["))
            open_class();
        else if (at("{"))
            repetition();
        else if (at("("))
            open_group();
        else if (at(")"))
            close_group();
        else
            take(1);
    }

    void open_group()
    {
        if (at("(*"))
            refuse("a verb in (*");
        if (!at("(?")) {
            take(1);
            open_options_.push_back(0);
            return;
        }
        if (at("(?#")) {
            position_ = std::min(pattern_.find(')', position_), pattern_.size() - 1) + 1;
            return;
        }
        for (const std::string_view begin : { "(?:", "(?=", "(?!", "(?>", "(?<", "(?'" })
            if (at(begin)) {
                take(begin.size());
                open_options_.push_back(0);
                return;
            }
        options();
    }

    /// (?im-x:…), or (?im-x), which is a group up to the end of the one around it.
    void options()
    {
        std::string translated = "(?";
        std::size_t end = position_ + translated.size();
        for (; end < pattern_.size() && pattern_[end] != ':' && pattern_[end] != ')'; ++end) {
            const char option = pattern_[end];
            if (option != 'i' && option != 'm' && option != 'x' && option != '-')
                refuse("a group that begins with (?" + std::string(1, option));
            translated += option == 'm' ? 's' : option; // so that . is also a line's end
        }
        if (end == pattern_.size())
            refuse("a group without its end");
        if (pattern_[end] == ':')
            open_options_.push_back(0);
        else
            ++open_options_.back();
        result_ += translated + ":";
        position_ = end + 1;
    }

    void close_options()
    {
        result_.append(static_cast<std::size_t>(open_options_.back()), ')');
        open_options_.back() = 0;
    }

    void close_group()
    {
        close_options();
        if (open_options_.size() > 1)
            open_options_.pop_back();
        take(1);
    }

    void open_class()
    {
        in_class_ = true;
        take(at("[^") ? 2 : 1);
        if (at("]")) // first in a class it stands for itself
            take(1);
    }

    void in_class()
    {
        if (at("[:")) { // [:alpha:]
            take(2);
            return;
        }
        if (at("["))
            refuse("a class within a class");
        if (at("&&"))
            refuse("an intersection of classes");
        if (at(":]")) {
            take(2);
            return;
        }
        in_class_ = !at("]");
        take(1);
    }

    void repetition()
    {
        if (at("{,"))
            refuse("a repetition without a lower bound");
        const char next = position_ + 1 < pattern_.size() ? pattern_[position_ + 1] : '\0';
        if (next < '0' || next > '9') {
            take(1);
            return;
        }
        take_braces();
        if (at("+"))
            refuse("a repeated repetition");
    }

    void escape()
    {
        const char kind = position_ + 1 < pattern_.size() ? pattern_[position_ + 1] : '\0';
        const bool property = (kind == 'p' || kind == 'P' || kind == 'x')
            && position_ + 2 < pattern_.size() && pattern_[position_ + 2] == '{';
        if (property) {
            take_braces();
            return;
        }
        for (const char other : { 'h', 'H', 'V', 'Q', 'E' })
            if (kind == other)
                refuse(std::string("\\") + other);
        if (kind == 'W' && in_class_)
            refuse("\\W in a class");
        if (kind == 's' || kind == 'S')
            replace(kind == 's' ? "\\p{White_Space}" : "\\P{White_Space}");
        else if (kind == 'w' || kind == 'W')
            replace(in_class_ ? std::string(word_characters)
                              : (kind == 'w' ? "[" : "[^") + std::string(word_characters) + "]");
        else if ((kind == 'b' || kind == 'B') && !in_class_)
            replace(word_boundary(kind == 'b'));
        else if (kind == 'v')
            replace("\\x0B"); // all line ends in PCRE2
        else
            take(kind == '\0' ? 1 : 2);
    }

    /// Between a word character and another, or between two of a kind.
    static std::string word_boundary(bool between)
    {
        const std::string word = "[" + std::string(word_characters) + "])";
        return "(?:(?<=" + word + (between ? "(?!" : "(?=") + word + "|(?<!" + word
            + (between ? "(?=" : "(?!") + word + ")";
    }

    void replace(std::string_view translated)
    {
        result_ += translated;
        position_ += 2;
    }

    std::string_view pattern_;
    std::string_view origin_;
    std::size_t position_ = 0;
    bool in_class_ = false;
    /// Groups that options without one have opened in each group that is open, outermost first.
    std::vector<int> open_options_ = { 0 };
    std::string result_;
};

} // namespace

std::string pattern_for_pcre2(std::string_view pattern, std::string_view origin)
{
    return Translation(pattern, origin).result();
}

std::string quoted_pattern(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool word = byte >= 0x80 || (byte >= '0' && byte <= '9')
            || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        // Behind a backslash anything else of ASCII stands for itself.
        if (!word)
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

} // namespace circuitloom
