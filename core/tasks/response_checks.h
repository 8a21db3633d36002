#pragma once

#include <cstddef>
#include <string_view>

/// What a model wrote, as IFEval's instructions look at it (instructions.h). Texts are UTF-8; what
/// is none counts as other characters. White space is ASCII's.
namespace circuitloom::response {

std::string_view trimmed(std::string_view text);

/// How often `part` stands in the text, whatever the case of letters; no two of them overlap.
std::size_t occurrences(std::string_view text, std::string_view part);
/// Whether it stands there as a word or words of its own.
bool has_word(std::string_view text, std::string_view word);

/// Runs of letters, digits and underscores.
std::size_t words(std::string_view text);
/// Words in capital letters, I and A among them; what shortens a word ("N'T", "'S") counts as
/// another. Marks end words, but those that stand within one: ' - / and full stops.
std::size_t capital_words(std::string_view text);
/// What ends with ., ! or ? before white space, a closing quote or bracket, or the end.
std::size_t sentences(std::string_view text);
/// How many the lines of `***` make; −1 where one between two others is empty.
int paragraphs_between_stars(std::string_view text);
/// Whether there are so many paragraphs with an empty line between them, and the one with this
/// number, from 1, begins with `word`.
bool paragraph_begins(std::string_view text, int paragraphs, int number, std::string_view word);

std::size_t placeholders(std::string_view text); ///< as in [name]
std::size_t bullets(std::string_view text); ///< lines that begin with * or -
std::size_t highlights(std::string_view text); ///< as in *this* and **this**
/// How often the word and a number follow each other, as in `Section 2`.
std::size_t sections(std::string_view text, std::string_view word);
bool has_postscript(std::string_view text, std::string_view marker);
bool has_title(std::string_view text); ///< as in `<<title>>`
bool is_json(std::string_view text); ///< perhaps in a fence of Markdown
/// Whether "My answer is yes.", "… no." or "… maybe." stands in it.
bool is_one_of_three(std::string_view text);
/// Whether `******` divides it into two that differ.
bool is_two_responses(std::string_view text);
bool begins_with(std::string_view text, std::string_view prompt); ///< whatever the case
bool ends_with(std::string_view text, std::string_view phrase); ///< likewise, and within quotes
bool is_quoted(std::string_view text);
/// Whether it has letters of two cases, and all of them are of this one.
bool is_in_capitals(std::string_view text);
bool is_in_small_letters(std::string_view text);

} // namespace circuitloom::response
