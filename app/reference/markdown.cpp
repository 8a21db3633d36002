#include "app/reference/markdown.h"

#include <algorithm>
#include <string_view>

namespace circuitloom {

std::string markdown_escaped(const std::string& text)
{
    std::string out;
    bool literal = false;
    for (const char letter : text) {
        literal = literal != (letter == '`');
        if (!literal && std::string_view("*<[").find(letter) != std::string_view::npos)
            out += '\\';
        out += letter;
    }
    return out;
}

std::string markdown_lines(const std::string& text, const std::string& indent)
{
    constexpr std::size_t longest = 100;
    std::string lines;
    std::size_t length = indent.size();
    bool listing = false;
    for (std::size_t first = 0; first < text.size();) {
        const std::size_t end = std::min(text.find('\n', first), text.size());
        const std::string line = text.substr(first, end - first);
        const bool listed = line.starts_with("  ");
        if (line.empty() ? !text.substr(end).starts_with("\n  ") : listed != listing) {
            lines += "\n\n" + indent;
            length = indent.size();
        }
        if (listed) {
            lines += (listing ? "\n" + indent : "") + "    " + line.substr(2);
        } else {
            for (std::size_t word = 0; word < line.size();) {
                const std::size_t blank = std::min(line.find(' ', word), line.size());
                const std::size_t size = blank - word;
                if (length > indent.size() && length + 1 + size > longest) {
                    lines += "\n" + indent;
                    length = indent.size();
                } else if (length > indent.size()) {
                    lines += ' ';
                    ++length;
                }
                lines += line.substr(word, size);
                length += size;
                word = blank + 1;
            }
        }
        listing = listed;
        first = end + 1;
    }
    return lines;
}

} // namespace circuitloom
