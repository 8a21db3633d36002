#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace circuitloom {

/// As in "1 example", "24 examples"; `one` is a word that takes an s.
std::string counted(std::size_t count, std::string_view one);

} // namespace circuitloom
