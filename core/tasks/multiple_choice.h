#pragma once

#include "core/formats/json_input.h"
#include "core/tasks/capability_suite.h"

#include <string>
#include <vector>

namespace circuitloom {

/// A list of 2 to 1000 texts. Throws InputError naming the field.
std::vector<std::string> choice_texts(const JsonObject& json, const char* field);

/// A question with its answers as ARC, MMLU and MIB store it, posed as lm-evaluation-harness poses
/// it without examples or a description of the subject:
/// - ARC (`question`, `choices` with `text` and `label`, `answerKey`; or the older form with `stem`):
///   "Question: …\nAnswer:", continued by a space and the text of an answer;
/// - MMLU (`question`, `choices` or A, B, C and D, `answer` as an index or a letter): the question,
///   the lettered answers, each on its line, and "Answer:", continued by a space and a letter;
/// - MIB (`prompt`, `choices` with `label`, `answerKey`): the prompt, continued by a label.
/// Throws InputError naming the field that is missing or does not fit.
ChoiceItem read_question(const JsonObject& json);

/// An item as lm-evaluation-harness scores it, of three forms:
/// - HellaSwag's own file: `ctx` (after `activity_label`), `endings` and `label`, cleaned of its marks
///   in square brackets as the harness does it;
/// - WinoGrande's (`sentence` with one `_`, `option1`, `option2`, `answer` 1 or 2): what follows the
///   blank is scored after the sentence with either option in it;
/// - `query` (or `context`), `choices` and `gold`, the index of the right one; a choice stands after a
///   space.
/// Throws likewise.
ChoiceItem read_harness_item(const JsonObject& json);

} // namespace circuitloom
