#include "core/tokenizer/unicode_form.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <optional>
#include <utf8proc.h>

namespace circuitloom {

namespace {

struct Character
{
    char32_t value = 0;
    int combining_class = 0;
    /// How many characters of the text before the change it stands for, one less than that: 0 for
    /// one, 1 for two that were composed; -1 for one that decomposition added.
    int extra = 0;
};

bool is_composed_form(UnicodeForm form)
{
    return form == UnicodeForm::nfc || form == UnicodeForm::nfkc;
}

bool is_compatible_form(UnicodeForm form)
{
    return form == UnicodeForm::nfkc || form == UnicodeForm::nfkd;
}

/// Below this character a form leaves every text as it is.
char32_t first_changed(UnicodeForm form)
{
    if (is_compatible_form(form))
        return 0xA0;
    return form == UnicodeForm::nfc ? 0x300 : 0xC0;
}

bool is_changed(UnicodeForm form, std::string_view text)
{
    const char32_t least = first_changed(form);
    for (std::size_t i = 0; i < text.size(); i += character_bytes(text[i]))
        if (static_cast<unsigned char>(text[i]) >= 0x80 && character_at(text, i) >= least)
            return true;
    return false;
}

/// Canonical order: runs of combining characters sorted by class, stably.
void sort_combining(std::vector<Character>& characters)
{
    const auto combines = [](const Character& c) { return c.combining_class != 0; };
    for (auto begin = characters.begin(); begin != characters.end();) {
        begin = std::find_if(begin, characters.end(), combines);
        const auto end = std::find_if_not(begin, characters.end(), combines);
        std::stable_sort(begin, end, [](const Character& a, const Character& b) {
            return a.combining_class < b.combining_class;
        });
        begin = end;
    }
}

std::vector<Character> decomposed(std::string_view text, bool compatible)
{
    const auto options
        = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | (compatible ? UTF8PROC_COMPAT : 0));
    constexpr utf8proc_ssize_t most_parts = 32;
    std::vector<Character> result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); i += character_bytes(text[i])) {
        const char32_t character = character_at(text, i);
        if (character < 0x80) {
            result.push_back({ character, 0, 0 });
            continue;
        }
        utf8proc_int32_t parts[most_parts] = { static_cast<utf8proc_int32_t>(character) };
        const utf8proc_ssize_t count = std::clamp<utf8proc_ssize_t>(
            utf8proc_decompose_char(parts[0], parts, most_parts, options, nullptr), 1, most_parts);
        for (utf8proc_ssize_t p = 0; p < count; ++p)
            result.push_back({ static_cast<char32_t>(parts[p]),
                utf8proc_get_property(parts[p])->combining_class, p == 0 ? 0 : -1 });
    }
    sort_combining(result);
    return result;
}

/// The primary composite of two characters.
std::optional<char32_t> composite(char32_t first, char32_t second)
{
    if (second < 0x300) // none of these is the second part of any composite
        return std::nullopt;
    utf8proc_int32_t pair[]
        = { static_cast<utf8proc_int32_t>(first), static_cast<utf8proc_int32_t>(second) };
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (utf8proc_normalize_utf32(pair, 2, options) != 1)
        return std::nullopt;
    return static_cast<char32_t>(pair[0]);
}

/// The canonical composition algorithm: each character is composed with the last starter, unless
/// something of an equal or higher class, or another starter, stands between them.
std::vector<Character> composed(const std::vector<Character>& characters)
{
    std::vector<Character> result;
    result.reserve(characters.size());
    std::optional<std::size_t> starter; // in result
    for (const Character& next : characters) {
        const bool adjacent = starter && *starter + 1 == result.size();
        const bool reachable
            = starter && (adjacent || result.back().combining_class < next.combining_class);
        const std::optional<char32_t> whole
            = reachable ? composite(result[*starter].value, next.value) : std::nullopt;
        if (whole) {
            result[*starter].value = *whole;
            result[*starter].extra += next.extra + 1;
            continue;
        }
        if (next.combining_class == 0)
            starter = result.size();
        result.push_back(next);
    }
    return result;
}

/// The characters one after another, each standing for those of `text` whose turn it is.
TracedText traced(const std::vector<Character>& characters, const TracedText& text)
{
    TracedText result(text.traced());
    result.reserve(text.text().size());
    std::size_t place = 0; // of what the next character stands for
    std::string bytes;
    for (const Character& character : characters) {
        bytes.clear();
        append_character(bytes, character.value);
        if (character.extra >= 0 && place < text.text().size())
            result.write(bytes, text, place);
        else if (place > 0)
            result.write(bytes, text, place - 1);
        else
            result.write(bytes);
        for (int i = 0; i <= character.extra && place < text.text().size(); ++i)
            place += character_bytes(text.text()[place]);
    }
    return result;
}

} // namespace

TracedText in_unicode_form(UnicodeForm form, const TracedText& text)
{
    if (!is_changed(form, text.text()))
        return text;
    std::vector<Character> characters = decomposed(text.text(), is_compatible_form(form));
    if (is_composed_form(form))
        characters = composed(characters);
    return traced(characters, text);
}

} // namespace circuitloom
