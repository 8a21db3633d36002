#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

/// GPT-2's spelling of bytes as printable characters, so that a vocabulary is text: `Ġ` is a
/// space, `Ċ` a newline. Each byte becomes one character, of one or two bytes.
std::string_view spelled_byte(char byte);
/// The inverse, for a whole text; empty where the text has a character that spells no byte.
std::optional<std::string> unspell_bytes(std::string_view text);

} // namespace circuitloom
