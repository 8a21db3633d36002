#include "core/tokenizer/pattern_syntax.h"

#include "core/base/error.h"
#include "core/tokenizer/pattern_properties.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

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
        if (at("[:")) {
            posix_class();
            return;
        }
        if (at("["))
            refuse("a class within a class");
        if (at("&&"))
            refuse("an intersection of classes");
        in_class_ = !at("]");
        take(1);
    }

    /// [:name:] or [:^name:]
    void posix_class()
    {
        const bool negated = at("[:^");
        const std::size_t name = position_ + (negated ? 3 : 2);
        const std::size_t end = pattern_.find(":]", name);
        const auto members = posix_members(pattern_.substr(name, end - name));
        if (end == std::string_view::npos || !members)
            refuse("a class within a class");
        put_members(*members, negated);
        position_ = end + 2;
    }

    /// \p{name}, \p{^name} or \P{name}; without braces a letter.
    void property(bool negated)
    {
        if (!pattern_.substr(position_ + 2).starts_with('{')) {
            replace(negated ? "P" : "p");
            return;
        }
        std::size_t name = position_ + 3;
        const std::size_t end = pattern_.find('}', name);
        if (end == std::string_view::npos)
            refuse("a property without its end");
        if (pattern_[name] == '^') {
            negated = !negated;
            ++name;
        }
        put_members(property_members(pattern_.substr(name, end - name), in_class_), negated);
        position_ = end + 1;
    }

    void put_members(const std::string& members, bool negated)
    {
        const std::optional<std::string> others = all_but(members);
        if (others || (in_class_ && !negated))
            result_ += negated ? *others : members;
        else if (!in_class_)
            result_ += (negated ? "[^" : "[") + members + "]";
        else
            refuse("\\W in a class, or another property of several kinds, negated");
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
        if (kind == 'p' || kind == 'P') {
            property(kind == 'P');
            return;
        }
        if (at("\\x{")) {
            take_braces();
            return;
        }
        for (const char other : { 'h', 'H', 'V', 'Q', 'E' })
            if (kind == other)
                refuse(std::string("\\") + other);
        // PCRE2's \s has U+180E, no white space since Unicode 6.3; its \w is narrower.
        if (kind == 's' || kind == 'S' || kind == 'w' || kind == 'W') {
            put_members(
                property_members(kind == 's' || kind == 'S' ? "White_Space" : "Word", in_class_),
                kind == 'S' || kind == 'W');
            position_ += 2;
        } else if ((kind == 'b' || kind == 'B') && !in_class_)
            replace(word_boundary(kind == 'b'));
        else if (kind == 'v')
            replace("\\x0B"); // all line ends in PCRE2
        else if (const std::string_view digits = pattern_.substr(position_).substr(0, 6);
                 kind == 'u' && digits.size() == 6
                 && digits.find_first_not_of("0123456789abcdefABCDEF", 2) == digits.npos) {
            result_ += "\\x{" + std::string(digits.substr(2)) + "}";
            position_ += digits.size();
        } else
            take(kind == '\0' ? 1 : 2);
    }

    /// Between a word character and another, or between two of a kind.
    static std::string word_boundary(bool between)
    {
        const std::string word = "[" + property_members("Word", false) + "])";
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
