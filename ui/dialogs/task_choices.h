#pragma once

#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// A task that the user can choose, as it is shown.
struct TaskChoice
{
    std::string source; ///< for RunConfig::task
    QString title;
    QString sentence; ///< what it asks
};

/// The demo model's tasks, then those in plain English.
std::vector<TaskChoice> built_in_task_choices();
/// The choice of no task, then the held-out examples of the built-in tasks.
std::vector<TaskChoice> held_out_task_choices();
/// The choice that stands for a task's file.
TaskChoice task_choice(const std::string& source);

} // namespace circuitloom::ui
