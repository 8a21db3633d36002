#pragma once

#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// A task's example as far as its first scored position, and what competes there.
struct TaskSentence
{
    QString text; ///< up to the position that predicts the target
    QString target; ///< the token that is scored, a leading space included
    QString alternative; ///< likewise; empty where the example has none
    bool operator==(const TaskSentence&) const = default;
};

/// Those of the first `most` examples that `model` (a name) can be scored on, in the task's order.
/// Reads files, so not for the window's thread. Throws InputError where model or task cannot be
/// read.
std::vector<TaskSentence> task_sentences(
    const std::string& model, const std::string& task, int max_tokens, std::size_t most);

} // namespace circuitloom::ui
