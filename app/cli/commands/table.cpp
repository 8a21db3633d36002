#include "app/cli/commands/table.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr std::size_t gap = 2;

// Characters, not bytes: names may hold any UTF-8.
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

Table::Table(std::vector<Column> columns)
    : columns_(std::move(columns))
{
}

void Table::add(std::vector<std::string> cells)
{
    cells.resize(columns_.size());
    for (std::string& cell : cells)
        cell = printable(std::move(cell));
    rows_.push_back(std::move(cells));
}

std::string Table::text() const
{
    std::vector<std::string> titles;
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        titles.push_back(columns_[c].title);
        widths.push_back(width(columns_[c].title));
        for (const auto& row : rows_)
            widths[c] = std::max(widths[c], width(row[c]));
    }

    std::string text;
    const auto add_line = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const std::string padding(widths[c] - width(cells[c]), ' ');
            line += columns_[c].to_the_right ? padding + cells[c] : cells[c] + padding;
            line.append(gap, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    add_line(titles);
    for (const auto& row : rows_)
        add_line(row);
    return text;
}

std::string printable(std::string text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f)
            text[i] = ' ';
        // U+0080 to U+009F in UTF-8; terminals take some of them for the beginning of a command.
        if (byte == 0xC2 && i + 1 < text.size()
            && (static_cast<unsigned char>(text[i + 1]) & 0xE0) == 0x80)
            text[i] = text[i + 1] = ' ';
        // U+202A to U+202E and U+2066 to U+2069 turn the order round in which text is shown.
        const std::string_view three = std::string_view(text).substr(i, 3);
        if ((three >= "\xE2\x80\xAA" && three <= "\xE2\x80\xAE")
            || (three >= "\xE2\x81\xA6" && three <= "\xE2\x81\xA9"))
            text.replace(i, 3, "   ");
    }
    return text;
}

} // namespace circuitloom
