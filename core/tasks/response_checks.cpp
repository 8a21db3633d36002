#include "core/tasks/response_checks.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/json_input.h"
#include "core/tasks/answer_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <string>
#include <vector>

namespace circuitloom::response {

namespace {

bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Bytes at the end of an English word that stand for another: 3 of "don't", 2 of "it's".
std::size_t shortened(std::string_view word)
{
    const std::string small = in_small_letters(word);
    for (const std::string_view ending : { "n't", "'s", "'m", "'d", "'ll", "'re", "'ve" })
        if (small.size() == word.size() && small.size() > ending.size() && small.ends_with(ending))
            return ending.size();
    return 0;
}

std::vector<std::string_view> divided(std::string_view text, std::string_view by)
{
    std::vector<std::string_view> parts;
    for (std::size_t at = text.find(by); at != text.npos; at = text.find(by)) {
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + by.size());
    }
    parts.push_back(text);
    return parts;
}

std::string_view without(std::string_view text, char at_begin, char at_end)
{
    while (!text.empty() && text.front() == at_begin)
        text.remove_prefix(1);
    while (!text.empty() && text.back() == at_end)
        text.remove_suffix(1);
    return text;
}

void drop_prefix(std::string_view& text, std::string_view prefix)
{
    if (text.starts_with(prefix))
        text.remove_prefix(prefix.size());
}

/// The letters that have two cases: whether there are any, and all pass.
template <class Passes>
bool all_cased(std::string_view text, Passes&& passes)
{
    bool any = false;
    for (const char32_t character : characters(text)) {
        const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(character));
        if (category != UTF8PROC_CATEGORY_LU && category != UTF8PROC_CATEGORY_LL
            && category != UTF8PROC_CATEGORY_LT)
            continue;
        if (!passes(category))
            return false;
        any = true;
    }
    return any;
}

/// Pieces of one line between `mark` and `mark` without an asterisk in them that are not empty.
std::size_t marked(std::string_view text, std::string_view mark)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(mark); at != text.npos;) {
        const std::size_t begin = at + mark.size();
        const std::size_t end = std::min(text.find_first_of("*\n", begin), text.size());
        if (text.substr(end).starts_with(mark)) {
            count += trimmed(text.substr(begin, end - begin)).empty() ? 0 : 1;
            at = text.find(mark, end + mark.size());
        } else {
            at = text.find(mark, at + 1);
        }
    }
    return count;
}

/// Whether the parts stand somewhere one after another, each but the first perhaps after a space.
bool has_in_turn(std::string_view text, std::initializer_list<std::string_view> parts)
{
    const std::string_view begin = *parts.begin();
    for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
        std::string_view rest = text.substr(at + begin.size());
        const bool fits = std::all_of(parts.begin() + 1, parts.end(), [&](std::string_view part) {
            if (!rest.empty() && is_white(rest.front()))
                rest.remove_prefix(1);
            const bool here = rest.starts_with(part);
            rest.remove_prefix(here ? part.size() : 0);
            return here;
        });
        if (fits)
            return true;
    }
    return false;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && is_white(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_white(text.back()))
        text.remove_suffix(1);
    return text;
}

std::size_t occurrences(std::string_view text, std::string_view part)
{
    const std::string small = in_small_letters(text);
    return part.empty() ? 0 : divided(small, in_small_letters(part)).size() - 1;
}

bool has_word(std::string_view text, std::string_view word)
{
    const std::u32string in = characters(in_small_letters(text));
    const std::u32string wanted = characters(in_small_letters(word));
    if (wanted.empty())
        return false;
    for (std::size_t at = in.find(wanted); at != in.npos; at = in.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        const bool before = at > 0 && is_word_character(in[at - 1]);
        const bool after = end < in.size() && is_word_character(in[end]);
        if (before != is_word_character(wanted.front())
            && after != is_word_character(wanted.back()))
            return true;
    }
    return false;
}

std::size_t words(std::string_view text)
{
    std::size_t count = 0;
    bool inside = false;
    for (const char32_t character : characters(text)) {
        const bool now = is_word_character(character);
        count += now && !inside ? 1 : 0;
        inside = now;
    }
    return count;
}

std::size_t capital_words(std::string_view text)
{
    std::size_t count = 0;
    std::string word;
    const auto finish = [&] {
        const std::string_view whole = word;
        const std::size_t ending = shortened(whole);
        count += is_in_capitals(whole.substr(0, whole.size() - ending)) ? 1 : 0;
        count += is_in_capitals(whole.substr(whole.size() - ending)) ? 1 : 0;
        word.clear();
    };
    for (const char32_t character : characters(text)) {
        const bool within = character == U'\'' || character == U'-' || character == U'/'
            || character == U'.';
        if ((!within && !is_word_character(character))
            || (character == U'-' && word.ends_with('-')))
            finish();
        else
            append_character(word, character);
    }
    finish();
    return count;
}

std::size_t sentences(std::string_view text)
{
    std::size_t count = 0;
    bool pending = false; // something stands after the last end
    bool ending = false;
    for (const char c : text) {
        if (c == '.' || c == '!' || c == '?') {
            ending = pending = true;
        } else if (is_white(c)) {
            count += ending ? 1 : 0;
            pending = pending && !ending;
            ending = false;
        } else {
            pending = true;
            ending = ending && (c == '"' || c == '\'' || c == ')' || c == ']');
        }
    }
    return count + (pending ? 1 : 0);
}

int paragraphs_between_stars(std::string_view text)
{
    const auto parts = divided(text, "***");
    int count = static_cast<int>(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (trimmed(parts[i]).empty()) {
            if (i > 0 && i + 1 < parts.size())
                return -1;
            --count;
        }
    return count;
}

bool paragraph_begins(std::string_view text, int paragraphs, int number, std::string_view word)
{
    const auto parts = divided(text, "\n\n");
    const auto count = std::ranges::count_if(
        parts, [](std::string_view part) { return !trimmed(part).empty(); });
    if (count != paragraphs || number < 1 || number > count)
        return false;
    std::string_view first = trimmed(parts[static_cast<std::size_t>(number) - 1]);
    if (first.empty())
        return false;
    first = first.substr(0, first.find_first_of(" \t\n\v\f\r"));
    while (first.starts_with('\''))
        first.remove_prefix(1);
    while (first.starts_with('"'))
        first.remove_prefix(1);
    first = first.substr(0, first.find_first_of(".,?!'\""));
    return in_small_letters(first) == in_small_letters(word);
}

std::size_t placeholders(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = text.find('['); at != text.npos;) {
        const std::size_t end = text.find_first_of("]\n", at + 1);
        const bool closed = end != text.npos && text[end] == ']';
        count += closed ? 1 : 0;
        at = text.find('[', (closed ? end : at) + 1);
    }
    return count;
}

std::size_t bullets(std::string_view text)
{
    const auto lines = divided(text, "\n");
    std::size_t count = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = lines[i].substr(
            std::min(lines[i].find_first_not_of(" \t\v\f\r"), lines[i].size()));
        if (line.starts_with('-')) {
            ++count;
        } else if (line == "*") {
            if (i + 1 < lines.size()) {
                ++count;
                ++i; // the benchmark takes the next line for the bullet's text
            }
        } else if (line.starts_with('*') && line[1] != '*') {
            ++count;
        }
    }
    return count;
}

std::size_t highlights(std::string_view text)
{
    return marked(text, "*") + marked(text, "**");
}

std::size_t sections(std::string_view text, std::string_view word)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        std::string_view rest = text.substr(at + word.size());
        if (!rest.empty() && is_white(rest.front()))
            rest.remove_prefix(1);
        count += !rest.empty() && is_digit(rest.front()) ? 1 : 0;
    }
    return count;
}

bool has_postscript(std::string_view text, std::string_view marker)
{
    const std::string small = in_small_letters(text);
    if (marker == "P.P.S")
        return has_in_turn(small, { "p.", "p.", "s" });
    if (marker == "P.S.")
        return has_in_turn(small, { "p.", "s." });
    return small.find(in_small_letters(marker)) != small.npos;
}

bool has_title(std::string_view text)
{
    return std::ranges::any_of(divided(text, "\n"), [](std::string_view line) {
        const std::size_t first = line.find("<<");
        const std::size_t last = line.rfind(">>");
        return first != line.npos && last != line.npos && last > first + 2
            && !trimmed(without(line.substr(first, last + 2 - first), '<', '>')).empty();
    });
}

bool is_json(std::string_view text)
{
    text = trimmed(text);
    for (const std::string_view fence : { "```json", "```Json", "```JSON", "```" })
        drop_prefix(text, fence);
    if (text.ends_with("```"))
        text.remove_suffix(3);
    try {
        parse_python_json(trimmed(text), "the response");
        return true;
    } catch (const InputError&) {
        return false;
    }
}

bool is_one_of_three(std::string_view text)
{
    for (const std::string_view one :
        { "My answer is yes.", "My answer is no.", "My answer is maybe." })
        if (text.find(one) != text.npos)
            return true;
    return false;
}

bool is_two_responses(std::string_view text)
{
    const auto parts = divided(text, "******");
    std::vector<std::string_view> valid;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (const std::string_view part = trimmed(parts[i]); !part.empty())
            valid.push_back(part);
        else if (i > 0 && i + 1 < parts.size())
            return false;
    return valid.size() == 2 && valid[0] != valid[1];
}

bool begins_with(std::string_view text, std::string_view prompt)
{
    return in_small_letters(trimmed(text)).starts_with(in_small_letters(trimmed(prompt)));
}

bool ends_with(std::string_view text, std::string_view phrase)
{
    return in_small_letters(without(trimmed(text), '"', '"'))
        .ends_with(in_small_letters(trimmed(phrase)));
}

bool is_quoted(std::string_view text)
{
    text = trimmed(text);
    return text.size() > 1 && text.front() == '"' && text.back() == '"';
}

bool is_in_capitals(std::string_view text)
{
    return all_cased(text, [](auto category) { return category == UTF8PROC_CATEGORY_LU; });
}

bool is_in_small_letters(std::string_view text)
{
    return all_cased(text, [](auto category) { return category == UTF8PROC_CATEGORY_LL; });
}

} // namespace circuitloom::response
