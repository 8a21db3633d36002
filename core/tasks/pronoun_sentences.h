#pragma once

#include "core/formats/json_input.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/foreign_tasks.h"

#include <functional>
#include <string_view>

namespace circuitloom {

/// Whether the text is WinoBias's (Zhao et al. 2018): every line a number and a sentence in which
/// an occupation and a pronoun stand in square brackets. Told by the first line.
bool has_bracketed_sentences(std::string_view text);
/// Calls `use` with every line of such a text as a record of `sentence`, `pronoun`, `occupation`
/// and `pronoun_start`, in bytes of the sentence. Throws InputError naming `origin` and the line
/// that has not one pronoun and one other part in brackets.
void for_each_bracketed_sentence(std::string_view text, std::string_view origin,
    const std::function<void(const JsonObject&)>& use);

/// BUG (Levy et al. 2021): the table's `sentence_text` with its pronoun `g`, of several of which it
/// is the one nearest to the word `g_first_index`. The other gender's pronoun is the alternative,
/// as for read_pronoun_sentence().
ForeignExample read_occupation_sentence(const JsonObject& json);

/// A sentence with a pronoun (BUG, WinoBias, read_pronoun_sentence()) as two choices, its own
/// pronoun first, after what stands before it, of the record's `occupation` or `profession`. Throws
/// InputError naming the field where the sentence has no such pronoun.
ChoiceItem read_pronoun_choice(const JsonObject& json);

} // namespace circuitloom
