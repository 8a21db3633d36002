#include "core/tasks/answer_text.h"

#include "core/base/utf8.h"

#include <utf8proc.h>

namespace circuitloom {

std::u32string characters(std::string_view text)
{
    const std::string valid = valid_utf8(text);
    std::u32string all;
    for (std::size_t at = 0; at < valid.size(); at += character_bytes(valid[at]))
        all += character_at(valid, at);
    return all;
}

std::string in_small_letters(std::string_view text)
{
    std::string small;
    for (const char32_t character : characters(text)) {
        const auto lower = utf8proc_tolower(static_cast<utf8proc_int32_t>(character));
        append_character(small, static_cast<char32_t>(lower));
        if (character == U'İ') // the one that becomes two
            append_character(small, U'\u0307');
    }
    return small;
}

bool is_word_character(char32_t character)
{
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return character == U'_';
    }
}

} // namespace circuitloom
