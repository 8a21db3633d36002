#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// `bytes` with U+FFFD for each maximal part that is not UTF-8 (Unicode's recommended practice).
std::string valid_utf8(std::string_view bytes);
bool is_valid_utf8(std::string_view bytes);

/// Bytes of the character that begins with `first`, in valid UTF-8.
std::size_t character_bytes(char first);
/// The character at `position` of valid UTF-8.
char32_t character_at(std::string_view text, std::size_t position);
void append_character(std::string& text, char32_t character);

/// Where each character of valid UTF-8 begins, in bytes, and last the length of the text.
std::vector<std::size_t> character_offsets(std::string_view text);

/// What a file says, made fit for one line of a message: U+FFFD for what is not UTF-8 and for
/// control characters, `…` for the middle of what has more than about `most` bytes.
std::string for_message(std::string_view bytes, std::size_t most = 400);

} // namespace circuitloom
