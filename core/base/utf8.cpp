#include "core/base/utf8.h"

namespace circuitloom {

namespace {

unsigned byte_at(std::string_view text, std::size_t position)
{
    return static_cast<unsigned char>(text[position]);
}

bool is_continuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

struct Sequence
{
    std::size_t bytes = 1; ///< of the character, or of the part that can begin none
    bool valid = false;
};

/// Table 3-7 of the Unicode standard: the second byte's range depends on the first.
Sequence sequence_at(std::string_view text, std::size_t position)
{
    const unsigned first = byte_at(text, position);
    if (first < 0x80)
        return { 1, true };
    std::size_t length = 0;
    unsigned least = 0x80;
    unsigned most = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        least = first == 0xE0 ? 0xA0 : 0x80; // no overlong forms
        most = first == 0xED ? 0x9F : 0xBF; // no surrogates
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        least = first == 0xF0 ? 0x90 : 0x80;
        most = first == 0xF4 ? 0x8F : 0xBF; // nothing beyond U+10FFFF
    } else {
        return { 1, false };
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (position + i == text.size())
            return { i, false };
        const unsigned next = byte_at(text, position + i);
        if (next < least || next > most)
            return { i, false };
        least = 0x80;
        most = 0xBF;
    }
    return { length, true };
}

} // namespace

std::string valid_utf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t position = 0; position < bytes.size();) {
        const Sequence sequence = sequence_at(bytes, position);
        text += sequence.valid ? bytes.substr(position, sequence.bytes) : "\uFFFD";
        position += sequence.bytes;
    }
    return text;
}

bool is_valid_utf8(std::string_view bytes)
{
    for (std::size_t position = 0; position < bytes.size();) {
        const Sequence sequence = sequence_at(bytes, position);
        if (!sequence.valid)
            return false;
        position += sequence.bytes;
    }
    return true;
}

std::size_t character_bytes(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80)
        return 1;
    if (byte < 0xE0)
        return 2;
    return byte < 0xF0 ? 3 : 4;
}

char32_t character_at(std::string_view text, std::size_t position)
{
    const std::size_t length = character_bytes(text[position]);
    if (length == 1)
        return byte_at(text, position);
    char32_t character = byte_at(text, position) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        character = (character << 6) | (byte_at(text, position + i) & 0x3FU);
    return character;
}

void append_character(std::string& text, char32_t character)
{
    const auto append = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (character < 0x80) {
        append(character);
        return;
    }
    if (character < 0x800) {
        append(0xC0 | (character >> 6));
    } else {
        if (character < 0x10000) {
            append(0xE0 | (character >> 12));
        } else {
            append(0xF0 | (character >> 18));
            append(0x80 | ((character >> 12) & 0x3F));
        }
        append(0x80 | ((character >> 6) & 0x3F));
    }
    append(0x80 | (character & 0x3F));
}

std::vector<std::size_t> character_offsets(std::string_view text)
{
    std::vector<std::size_t> offsets;
    std::size_t position = 0;
    for (; position < text.size(); position += character_bytes(text[position]))
        offsets.push_back(position);
    offsets.push_back(text.size());
    return offsets;
}

std::string for_message(std::string_view bytes, std::size_t most)
{
    std::string valid;
    if (bytes.size() <= most) {
        valid = valid_utf8(bytes);
    } else {
        std::size_t end = most / 2;
        while (end > 0 && is_continuation(bytes[end]))
            --end;
        std::size_t begin = bytes.size() - most / 2;
        while (begin < bytes.size() && is_continuation(bytes[begin]))
            ++begin;
        valid = valid_utf8(bytes.substr(0, end)) + "…" + valid_utf8(bytes.substr(begin));
    }
    std::string text;
    for (std::size_t i = 0; i < valid.size(); i += character_bytes(valid[i])) {
        const char32_t character = character_at(valid, i);
        const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
        append_character(text, control ? U'\uFFFD' : character);
    }
    return text;
}

} // namespace circuitloom
