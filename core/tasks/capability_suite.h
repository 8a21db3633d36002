#pragma once

#include "core/tasks/worded_questions.h"

#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// One question with its possible continuations of `prompt`.
struct ChoiceItem
{
    std::string prompt;
    std::vector<std::string> choices; ///< each continues the prompt, its leading space included
    int answer = 0;
    /// Of a sentence about somebody with two pronouns to choose from: the occupation.
    std::string occupation = {};
    /// What stands between the prompt and each choice, where the choices differ in that; it is not
    /// scored.
    std::vector<std::string> lead_ins = {};
    bool operator==(const ChoiceItem&) const = default;
};

/// Something a model can do, as a set of multiple-choice items (accuracy), a text (perplexity), or
/// questions that it answers in words.
struct CapabilitySuite
{
    std::string name;
    std::vector<ChoiceItem> items;
    std::string text; ///< for perplexity; empty for choices
    WordedQuestions worded = {}; ///< that the model answers by generating text
};

/// Records as for_each_record() finds them (records.h): prompt, choices and answer, BLiMP's pairs,
/// questions as read_question() takes them, or sentences on people (pronoun_sentences.h), of which
/// the pronoun is a choice. Throws InputError naming `origin`, line and field.
std::vector<ChoiceItem> parse_choices(std::string_view text, std::string_view origin);

/// Whether the source is a text for perplexity, by its name.
bool is_text_suite(std::string_view source);
/// A file of choices or of questions answered in words (.jsonl, .json, .csv), WinoBias's text, a
/// .txt file for perplexity, a built-in `demo/NAME` (see core/demo/demo.h), or a ready-made task's
/// name (see generated_tasks()), whose target must be likelier than the alternative. Throws
/// InputError.
CapabilitySuite load_suite(std::string_view name, std::string_view source);

} // namespace circuitloom
