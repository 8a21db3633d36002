#pragma once

#include "ui/dialogs/task_choices.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;

namespace circuitloom::ui {

/// Lets the user choose a task: a built-in one, or a file. Files chosen lately are offered again.
class TaskBox : public QWidget
{
    Q_OBJECT

public:
    /// `choices` are offered beside files.
    TaskBox(const char* name, std::vector<TaskChoice> choices, QWidget* parent = nullptr);

    /// Chooses a task; one that is not in the list is added.
    void choose(const std::string& source);

Q_SIGNALS:
    void task_chosen(const std::string& source);

private:
    void ask_file();

    std::vector<TaskChoice> tasks_;
    QComboBox* box_;
    QLabel* sentence_;
};

} // namespace circuitloom::ui
