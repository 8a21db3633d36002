#pragma once

#include <string>
#include <string_view>

/// What a model wrote, character by character. Texts are UTF-8; what is none counts as U+FFFD.
namespace circuitloom {

std::u32string characters(std::string_view text);
/// Each character by itself, as Unicode's full mapping has it.
std::string in_small_letters(std::string_view text);
/// Letters, digits and other numbers of any script, and underscores.
bool is_word_character(char32_t character);

} // namespace circuitloom
