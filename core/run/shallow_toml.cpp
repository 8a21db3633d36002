#include "core/run/shallow_toml.h"

#include "core/base/error.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace circuitloom {

void require_shallow(std::string_view toml, std::string_view origin)
{
    constexpr std::size_t max_depth = 64;
    std::size_t line = 1;
    std::size_t brackets = 0;
    std::size_t dots = 0; ///< of one key
    const auto deep = [&] {
        if (brackets + dots >= max_depth)
            throw InputError(std::string(origin) + ", line " + std::to_string(line)
                + ": nested deeper than " + std::to_string(max_depth) + " levels.");
    };
    for (std::size_t i = 0; i < toml.size(); ++i) {
        const char c = toml[i];
        if (c == '"' || c == '\'') { // texts do not nest, whatever stands in them
            const std::string fence(toml.substr(i).starts_with(std::string(3, c)) ? 3 : 1, c);
            std::size_t end = i + fence.size();
            while (end < toml.size() && !toml.substr(end).starts_with(fence)
                && (fence.size() == 3 || toml[end] != '\n'))
                end += c == '"' && toml[end] == '\\' ? 2 : 1;
            end = std::min(end + fence.size() - 1, toml.size() - 1);
            line += static_cast<std::size_t>(std::count(toml.begin() + static_cast<std::ptrdiff_t>(i),
                toml.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
            i = end;
        } else if (c == '#') {
            i = std::min(toml.find('\n', i), toml.size()) - 1;
        } else if (c == '.') {
            ++dots;
            deep();
        } else if (c == '[' || c == '{') {
            ++brackets;
            dots = 0;
            deep();
        } else if (c == ']' || c == '}') {
            brackets -= brackets > 0 ? 1 : 0;
            dots = 0;
        } else if (c == '=' || c == ',') {
            dots = 0;
        } else if (c == '\n') {
            ++line;
            dots = 0;
        }
    }
}

} // namespace circuitloom
