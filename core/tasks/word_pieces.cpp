#include "core/tasks/word_pieces.h"

#include "core/base/utf8.h"

namespace circuitloom {

namespace {

enum class Kind
{
    space,
    letter, ///< or digit
    apostrophe,
    mark
};

bool between(char32_t character, char32_t first, char32_t last)
{
    return character >= first && character <= last;
}

/// By block rather than by property: enough to find words in text that is mostly English.
Kind kind_of(char32_t c)
{
    if (c == ' ' || between(c, '\t', '\r') || c == 0xA0 || between(c, 0x2000, 0x200B)
        || c == 0x3000)
        return Kind::space;
    if (c == '\'')
        return Kind::apostrophe;
    if (between(c, '0', '9') || between(c, 'A', 'Z') || between(c, 'a', 'z'))
        return Kind::letter;
    const bool mark = c < 0xC0 || between(c, 0x2010, 0x206F) || between(c, 0x3001, 0x303F);
    return mark ? Kind::mark : Kind::letter;
}

std::size_t skip(std::string_view text, std::size_t position, Kind kind)
{
    while (position < text.size() && kind_of(character_at(text, position)) == kind)
        position += character_bytes(text[position]);
    return position;
}

} // namespace

std::vector<WordPiece> word_pieces(std::string_view text)
{
    std::vector<WordPiece> pieces;
    for (std::size_t start = skip(text, 0, Kind::space); start < text.size();) {
        const std::size_t next = start + character_bytes(text[start]);
        const bool mark = kind_of(character_at(text, start)) == Kind::mark;
        const std::size_t end = mark ? next : skip(text, next, Kind::letter);
        pieces.push_back({ start, end, text.substr(start, end - start) });
        start = skip(text, end, Kind::space);
    }
    return pieces;
}

std::string_view with_space(std::string_view text, const std::vector<WordPiece>& pieces,
    std::size_t first, std::size_t last)
{
    const std::size_t start = first == 0 ? pieces[first].start : pieces[first - 1].end;
    return text.substr(start, pieces[last - 1].end - start);
}

TaskSpan span_of(std::string_view text, const std::vector<WordPiece>& pieces, std::size_t first,
    std::size_t last, std::string alternative)
{
    const std::string_view target = with_space(text, pieces, first, last);
    const auto start = static_cast<std::size_t>(target.data() - text.data());
    const std::size_t before = character_offsets(text.substr(0, start)).size() - 1;
    const std::size_t characters = character_offsets(target).size() - 1;
    return { static_cast<int>(before), static_cast<int>(before + characters),
        std::move(alternative) };
}

} // namespace circuitloom
