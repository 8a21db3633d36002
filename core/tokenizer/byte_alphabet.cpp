#include "core/tokenizer/byte_alphabet.h"

#include "core/base/utf8.h"

#include <array>

namespace circuitloom {

namespace {

constexpr std::size_t alphabet_end = 0x144; ///< one after the last character that spells a byte

struct Alphabet
{
    std::array<std::array<char, 2>, 256> spelling{}; ///< UTF-8
    std::array<std::size_t, 256> spelling_bytes{};
    std::array<int, alphabet_end> byte{};
};

/// Printable bytes of Latin-1 spell themselves; the others follow from U+0100 on.
constexpr Alphabet make_alphabet()
{
    Alphabet alphabet;
    alphabet.byte.fill(-1);
    char32_t next = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
        const char32_t character = printable ? byte : next++;
        if (character < 0x80) {
            alphabet.spelling[byte] = { static_cast<char>(character), 0 };
            alphabet.spelling_bytes[byte] = 1;
        } else {
            alphabet.spelling[byte] = { static_cast<char>(0xC0 | (character >> 6)),
                static_cast<char>(0x80 | (character & 0x3F)) };
            alphabet.spelling_bytes[byte] = 2;
        }
        alphabet.byte[character] = static_cast<int>(byte);
    }
    return alphabet;
}

constexpr Alphabet alphabet = make_alphabet();

} // namespace

std::string_view spelled_byte(char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    return { alphabet.spelling[value].data(), alphabet.spelling_bytes[value] };
}

std::optional<std::string> unspell_bytes(std::string_view text)
{
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += character_bytes(text[i])) {
        const char32_t character = character_at(text, i);
        if (character >= alphabet_end || alphabet.byte[character] < 0)
            return std::nullopt;
        bytes += static_cast<char>(alphabet.byte[character]);
    }
    return bytes;
}

} // namespace circuitloom
