#include "core/tokenizer/character_map.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <optional>
#include <utf8proc.h>

namespace circuitloom {

namespace {

constexpr std::size_t max_grapheme_as_a_whole = 5;

std::optional<std::string> from_base64(std::string_view text)
{
    constexpr std::string_view digits
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('='))
        text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char digit : text) {
        const std::size_t value = digits.find(digit);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>((bits >> count) & 0xFF);
        }
    }
    return bytes;
}

std::uint32_t number_at(std::string_view bytes, std::size_t place)
{
    std::uint32_t value = 0;
    for (std::size_t i = 4; i > 0; --i)
        value = (value << 8) | static_cast<unsigned char>(bytes[place + i - 1]);
    return value;
}

// The fields of a unit of the trie.
bool has_value(std::uint32_t unit)
{
    return ((unit >> 8) & 1) != 0;
}
std::uint32_t value(std::uint32_t unit)
{
    return unit & 0x7FFFFFFF;
}
std::uint32_t label(std::uint32_t unit)
{
    return unit & 0x800000FF;
}
std::uint32_t offset(std::uint32_t unit)
{
    return (unit >> 10) << ((unit & (1U << 9)) >> 6);
}

/// Where the grapheme that begins at `begin` ends (UAX 29).
std::size_t grapheme_end(std::string_view text, std::size_t begin)
{
    utf8proc_int32_t state = 0;
    std::size_t end = begin + character_bytes(text[begin]);
    auto last = static_cast<utf8proc_int32_t>(character_at(text, begin));
    while (end < text.size()) {
        const auto next = static_cast<utf8proc_int32_t>(character_at(text, end));
        if (utf8proc_grapheme_break_stateful(last, next, &state))
            break;
        last = next;
        end += character_bytes(text[end]);
    }
    return end;
}

/// Writes `content` in the place of a part of `text`: each new character stands for the old one
/// in its place, those beyond for the last.
void replace(
    const TracedText& text, TextRange part, std::string_view content, TracedText& result)
{
    std::size_t place = part.begin;
    for (std::size_t i = 0; i < content.size(); i += character_bytes(content[i])) {
        result.write(content.substr(i, character_bytes(content[i])), text, place);
        const std::size_t next = place + character_bytes(text.text()[place]);
        if (next < part.end)
            place = next;
    }
}

} // namespace

CharacterMap::CharacterMap(std::string_view charsmap, std::string where)
    : where_(std::move(where))
{
    const auto malformed = [this](const std::string& what) {
        throw InputError(where_ + ": precompiled_charsmap " + what + ".");
    };
    const std::optional<std::string> bytes = from_base64(charsmap);
    if (!bytes)
        malformed("is not base64");
    if (bytes->size() < 4)
        malformed("is too short");
    const std::size_t trie_bytes = number_at(*bytes, 0);
    if (trie_bytes > bytes->size() - 4 || trie_bytes % 4 != 0 || trie_bytes == 0)
        malformed("has a trie of " + std::to_string(trie_bytes) + " bytes, which it cannot have");
    for (std::size_t place = 4; place < 4 + trie_bytes; place += 4)
        trie_.push_back(number_at(*bytes, place));
    contents_ = bytes->substr(4 + trie_bytes);
    if (!is_valid_utf8(contents_))
        malformed("has texts that are not UTF-8");
}

std::optional<std::string_view> CharacterMap::find(std::string_view text) const
{
    std::uint32_t node = offset(trie_[0]);
    for (const char byte : text) {
        const std::uint32_t wanted = static_cast<unsigned char>(byte);
        node ^= wanted;
        if (wanted == 0 || node >= trie_.size() || label(trie_[node]) != wanted)
            return std::nullopt;
        const std::uint32_t unit = trie_[node];
        node ^= offset(unit);
        if (!has_value(unit))
            continue;
        // The shortest text counts.
        const std::size_t begin = node < trie_.size() ? value(trie_[node]) : contents_.size();
        if (begin >= contents_.size() || (static_cast<unsigned char>(contents_[begin]) & 0xC0) == 0x80)
            return std::nullopt;
        const std::string_view rest = std::string_view(contents_).substr(begin);
        return rest.substr(0, rest.find('\0'));
    }
    return std::nullopt;
}

TracedText CharacterMap::apply(const TracedText& text, std::size_t most) const
{
    const std::string_view bytes = text.text();
    TracedText result(text.traced());
    result.reserve(bytes.size());
    const auto replace_part = [&](TextRange part) {
        const std::optional<std::string_view> content = find(bytes.substr(part.begin, part.end - part.begin));
        if (!content)
            return false;
        if (result.text().size() + content->size() > most)
            throw InputError(where_ + " makes a text absurdly longer.");
        replace(text, part, *content, result);
        return true;
    };
    for (std::size_t begin = 0, end = 0; begin < bytes.size(); begin = end) {
        end = grapheme_end(bytes, begin);
        if (end - begin <= max_grapheme_as_a_whole && replace_part({ begin, end }))
            continue;
        for (std::size_t at = begin, next = 0; at < end; at = next) {
            next = at + character_bytes(bytes[at]);
            if (!replace_part({ at, next }))
                result.copy(text, { at, next });
        }
    }
    return result;
}

} // namespace circuitloom
