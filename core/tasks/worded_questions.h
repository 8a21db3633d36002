#pragma once

#include "core/formats/json_input.h"
#include "core/tasks/instructions.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What of a model's text is its answer, and how that is judged (answer_scores.h).
enum class AnswerRule
{
    number, ///< behind ####
    word, ///< True, False or N/A in `<answer>…</answer>`
    span, ///< the whole text, which quotes a passage or is empty
    instructions ///< the whole text, which must follow them; nothing is learnt from these
};

struct WordedQuestion
{
    std::string question; ///< with all that a model must know to answer it
    std::vector<std::string> answers; ///< each of them is right; none where there is no answer
    std::string reply; ///< a right answer as a model is to write it, which training learns
    std::vector<Instruction> instructions = {};
    std::string problem = {}; ///< why it cannot be judged, with the file and the line; or empty
    bool operator==(const WordedQuestion&) const = default;
};

struct WordedQuestions
{
    AnswerRule rule = AnswerRule::number;
    std::vector<WordedQuestion> questions;
    std::size_t passages = 0; ///< bytes of the passages, each counted once for every question
};

/// Whether the record is of one of the formats that add_worded_questions() reads.
bool has_worded_questions(const JsonObject& json);
/// The questions of a file; none where its first record is of no such format, or there is no such
/// file. Throws InputError naming the file, where in it, and the field.
std::optional<WordedQuestions> worded_questions_of(std::string_view file);

/// The questions of a record, each followed by a sentence that says in which form to answer:
/// - GSM8K (Cobbe et al. 2021): `question` and `answer`, a worked solution that ends in ####
///   and the number;
/// - ContextHub (Hua et al. 2024): `question`, a list with one `<nl>`, the same in every domain's
///   topics, and `answer`, which is true, false or N/A;
/// - SQuAD 2.0 (Rajpurkar et al. 2018): `data`, a list of articles with `paragraphs` of a `context`
///   and `qas`; a question that `is_impossible` has no answer;
/// - IFEval (Zhou et al. 2023): `prompt`, asked as it is, `instruction_id_list` and `kwargs`.
/// Throws InputError naming the field that is missing or does not fit, and where `into` has
/// questions of another rule.
void add_worded_questions(
    const nlohmann::json& record, const std::string& where, WordedQuestions& into);

} // namespace circuitloom
