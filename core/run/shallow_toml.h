#pragma once

#include <string_view>

namespace circuitloom {

/// Throws InputError, naming the line, where a TOML text is nested deeper than 64 levels: the parser
/// calls itself for every level, so a file could use up its stack.
void require_shallow(std::string_view toml, std::string_view origin);

} // namespace circuitloom
