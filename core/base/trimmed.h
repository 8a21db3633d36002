#pragma once

#include <algorithm>
#include <string_view>

namespace circuitloom {

/// A text without the spaces, tabs and line ends at its ends.
inline std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

} // namespace circuitloom
