#include "core/templates/text_search.h"

#include <cstdint>
#include <string>
#include <vector>

namespace circuitloom::templates {

namespace {

/// For each place of `part`, how long the longest beginning of it is that also ends there.
std::vector<std::uint32_t> own_beginnings(std::string_view part)
{
    std::vector<std::uint32_t> length(part.size(), 0);
    std::uint32_t same = 0;
    for (std::size_t i = 1; i < part.size(); ++i) {
        while (same > 0 && part[i] != part[same])
            same = length[same - 1];
        same += part[i] == part[same] ? 1 : 0;
        length[i] = same;
    }
    return length;
}

} // namespace

std::size_t first_place(std::string_view text, std::string_view part, std::size_t from)
{
    constexpr std::size_t longest_plain = 16; // with which find() looks back little
    if (part.size() <= longest_plain || from > text.size() || part.size() > text.size() - from)
        return text.find(part, from);
    // Knuth, Morris and Pratt's search.
    const std::vector<std::uint32_t> shorter = own_beginnings(part);
    std::size_t same = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        while (same > 0 && text[i] != part[same])
            same = shorter[same - 1];
        same += text[i] == part[same] ? 1 : 0;
        if (same == part.size())
            return i + 1 - same;
    }
    return std::string_view::npos;
}

std::size_t last_place(std::string_view text, std::string_view part)
{
    const std::string turned(text.rbegin(), text.rend());
    const std::size_t found = first_place(turned, std::string(part.rbegin(), part.rend()));
    return found == std::string_view::npos ? found : text.size() - found - part.size();
}

} // namespace circuitloom::templates
