#pragma once

#include <cstddef>
#include <string_view>

namespace circuitloom::templates {

/// Where `part` stands in `text` first, from `from` on, and last; npos where it does not. Takes
/// time in proportion to the lengths of both, whatever they are, which std::string::find() does
/// not.
std::size_t first_place(std::string_view text, std::string_view part, std::size_t from = 0);
std::size_t last_place(std::string_view text, std::string_view part);

} // namespace circuitloom::templates
