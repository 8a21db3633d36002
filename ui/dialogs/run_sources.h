#pragma once

#include "core/run/run_config.h"
#include "ui/dialogs/model_choices.h"

#include <QObject>
#include <QWidget>

#include <string>
#include <vector>

class QLabel;

namespace circuitloom::ui {

class CapabilityList;
class HostQuestions;
class HostSourceBox;
class ModelBox;
class RunDraft;
class TaskBox;

/// The fields that say what a run works on: model, task, held-out task, suites. Of this computer,
/// or of a host, where everything is named as it is there.
class RunSources : public QObject
{
    Q_OBJECT

public:
    explicit RunSources(QWidget* parent);

    // One for each row of a form; each passes the focus on to the field that is shown.
    QWidget* model_row() const { return rows_[0]; }
    QWidget* task_row() const { return rows_[1]; }
    QWidget* held_out_row() const { return rows_[2]; }
    CapabilityList* capabilities() const { return capabilities_; }

    /// Fields of the host instead, or with null again of this computer.
    void set_host(const HostQuestions* host);
    /// The choices of the run. Of a host, what it has told of them by now.
    void show_draft(const RunDraft& draft);
    /// What the run can begin with, though it is hardly meant, below the task.
    void show_notes(const std::vector<std::string>& notes);
    /// The model, as far as it was read, and why it cannot be used.
    ModelChoice model() const;

Q_SIGNALS:
    void model_chosen(const std::string& model);
    /// More is known of the model of this computer than before.
    void model_read();
    void task_chosen(const std::string& source);
    void held_out_chosen(const std::string& source);
    void capabilities_edited(const std::vector<SuiteReference>& suites);

private:
    QWidget* row_of(QWidget* local, HostSourceBox* there, QWidget* parent);
    void show_host(const RunDraft& draft);

    const HostQuestions* host_ = nullptr;
    ModelBox* model_;
    TaskBox* task_;
    TaskBox* held_out_;
    HostSourceBox* host_model_;
    HostSourceBox* host_task_;
    HostSourceBox* host_held_out_;
    CapabilityList* capabilities_;
    QLabel* notes_;
    QWidget* rows_[3];
};

} // namespace circuitloom::ui
