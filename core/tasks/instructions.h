#pragma once

#include "core/formats/json_input.h"

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// One of IFEval's instructions that a program can check (Zhou et al. 2023, arXiv 2311.07911), with
/// its arguments; which of them it has, its name decides.
struct Instruction
{
    std::string name; ///< as in `length_constraints:number_words`
    std::vector<std::string> words; ///< keywords or forbidden words
    std::string text; ///< keyword, letter, phrase, marker, first word, or the prompt to repeat
    int count = 0;
    int place = 0; ///< of the paragraph that must begin with `text`, from 1
    bool less = false; ///< fewer than `count`, where "less than" or "at least" may be asked
    bool operator==(const Instruction&) const = default;
};

/// Those that follows() can check.
std::vector<std::string_view> known_instructions();

/// `arguments` are those of `kwargs`. Throws InputError naming the field, also where the name is
/// unknown.
Instruction read_instruction(const std::string& name, const JsonObject& arguments);

/// Whether a response follows the instruction, as lm-evaluation-harness's `ifeval` has it; an empty
/// response follows none. What differs: keywords are looked for as they are written, not as regular
/// expressions; sentences end at ., ! or ? before white space or the end, and words in capitals are
/// those of capital_words(), where that benchmark asks NLTK; a response in capital or small letters
/// may be in any language; a mark is counted like a letter, where that benchmark draws a letter.
bool follows(std::string_view response, const Instruction& instruction);
/// The benchmark's loose rule: whether the response does, or one of what is left of it without
/// its first line, its last line or both, each with and without asterisks.
bool follows_loosely(std::string_view response, const Instruction& instruction);

} // namespace circuitloom
