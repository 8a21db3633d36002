#include "core/tokenizer/character_steps.h"

#include "core/base/utf8.h"
#include "core/tokenizer/white_space.h"

#include <utf8proc.h>

namespace circuitloom {

namespace {

utf8proc_category_t category(char32_t character)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(character));
}

/// `make(character, written)` writes what each character becomes, which may be nothing.
template <class Make>
TracedText each_character(const TracedText& text, Make make)
{
    const std::string& bytes = text.text();
    TracedText result(text.traced());
    result.reserve(bytes.size());
    std::string written;
    for (std::size_t i = 0; i < bytes.size(); i += character_bytes(bytes[i])) {
        written.clear();
        make(character_at(bytes, i), written);
        result.write(written, text, i);
    }
    return result;
}

template <class Keeps>
TracedText filtered(const TracedText& text, Keeps keeps)
{
    return each_character(text, [&keeps](char32_t character, std::string& written) {
        if (keeps(character))
            append_character(written, character);
    });
}

bool is_chinese(char32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

} // namespace

TracedText in_lower_case(const TracedText& text)
{
    return each_character(text, [](char32_t character, std::string& written) {
        if (character == 0x130) { // the only one that becomes two
            written = "i\u0307";
            return;
        }
        append_character(written,
            static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(character))));
    });
}

TracedText without_marks(const TracedText& text)
{
    return filtered(text, [](char32_t character) {
        const utf8proc_category_t kind = category(character);
        return kind != UTF8PROC_CATEGORY_MN && kind != UTF8PROC_CATEGORY_MC
            && kind != UTF8PROC_CATEGORY_ME;
    });
}

TracedText without_nonspacing_marks(const TracedText& text)
{
    return filtered(
        text, [](char32_t character) { return category(character) != UTF8PROC_CATEGORY_MN; });
}

TracedText stripped(const TracedText& text, bool left, bool right)
{
    const std::vector<std::size_t> places = character_offsets(text.text());
    std::size_t begin = 0;
    std::size_t end = places.size() - 1;
    const auto is_space = [&](std::size_t character) {
        return is_white_space(character_at(text.text(), places[character]));
    };
    while (left && begin < end && is_space(begin))
        ++begin;
    while (right && begin < end && is_space(end - 1))
        --end;
    TracedText result(text.traced());
    result.copy(text, { places[begin], places[end] });
    return result;
}

TracedText cleaned_for_translation(const TracedText& text)
{
    return each_character(text, [](char32_t c, std::string& written) {
        const bool control = (c >= 0x1 && c <= 0x8) || c == 0xB || (c >= 0xE && c <= 0x1F)
            || c == 0x7F || c == 0x8F || c == 0x9F;
        const bool space = c == 0x9 || c == 0xA || c == 0xC || c == 0xD || c == 0x1680
            || (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x2581
            || c == 0xFEFF || c == 0xFFFD;
        if (!control)
            append_character(written, space ? U' ' : c);
    });
}

TracedText cleaned_for_bert(const TracedText& text)
{
    return each_character(text, [](char32_t c, std::string& written) {
        const bool line = c == '\t' || c == '\n' || c == '\r';
        const utf8proc_category_t kind = category(c);
        const bool control = !line
            && (kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_CF
                || kind == UTF8PROC_CATEGORY_CO);
        if (!control && c != 0 && c != 0xFFFD)
            append_character(written, is_white_space(c) ? U' ' : c);
    });
}

TracedText with_chinese_apart(const TracedText& text)
{
    return each_character(text, [](char32_t character, std::string& written) {
        const bool apart = is_chinese(character);
        if (apart)
            written += ' ';
        append_character(written, character);
        if (apart)
            written += ' ';
    });
}

} // namespace circuitloom
