#pragma once

#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// A task as the user reads it.
struct TaskChoice
{
    std::string source; ///< for RunConfig::task
    QString title;
    QString sentence; ///< what it asks
};

/// The demo model's tasks, then those in plain English.
std::vector<TaskChoice> built_in_task_choices();
/// None, then the examples that these tasks keep apart.
std::vector<TaskChoice> held_out_task_choices();
/// Any other, as a file.
TaskChoice task_choice(const std::string& source);

} // namespace circuitloom::ui
