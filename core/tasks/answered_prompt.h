#pragma once

#include "core/tasks/foreign_tasks.h"

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// A prompt with what follows it, as the files of other projects store them.
struct AnsweredPrompt
{
    std::string prompt;
    std::string answer; ///< follows the prompt as it is: with its leading space, if it has one
    std::vector<std::string> alternatives; ///< in its place
    std::optional<std::string> corrupted; ///< the prompt, changed
};

/// Prompt and answer as the text, the answer as the target: one span for each alternative, so that
/// the metric is the mean over them; one without where there is none. The corrupted text gets the
/// same answer. `where` names the record where the answer or an alternative is empty, which leaves
/// the example without a target.
ForeignExample example_of(const AnsweredPrompt& answered, const std::string& where);

} // namespace circuitloom
