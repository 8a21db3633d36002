#pragma once

#include "core/tasks/task.h"

#include <QString>

namespace circuitloom::ui {

/// The text of an example up to its first target: what comes next is in question.
QString sentence_before_target(const TaskExample& example);

/// That of the first example of a task; empty where it has none. Reads a file; throws InputError.
QString first_sentence(const std::string& task);

} // namespace circuitloom::ui
