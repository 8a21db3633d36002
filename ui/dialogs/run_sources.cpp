#include "ui/dialogs/run_sources.h"

#include "core/base/error.h"
#include "ui/base/size_text.h"
#include "ui/dialogs/capability_list.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/host_questions.h"
#include "ui/dialogs/host_source_box.h"
#include "ui/dialogs/model_box.h"
#include "ui/dialogs/run_draft.h"
#include "ui/dialogs/task_box.h"

#include <QLabel>
#include <QVBoxLayout>

#include <map>
#include <utility>

namespace circuitloom::ui {

namespace {

std::vector<HostSourceBox::Choice> host_choices(const std::vector<TaskChoice>& tasks)
{
    std::vector<HostSourceBox::Choice> choices;
    for (const TaskChoice& task : tasks)
        choices.push_back({ task.source, task.sentence, {} });
    return choices;
}

std::vector<HostSourceBox::Choice> host_choices(const std::vector<ListedModel>& models)
{
    std::vector<HostSourceBox::Choice> choices;
    for (const ListedModel& model : models)
        choices.push_back({ model.model,
            QString::fromStdString(model.family) + QStringLiteral(" · ") + size_text(model.bytes),
            QString::fromStdString(model.unusable) });
    return choices;
}

} // namespace

RunSources::RunSources(QWidget* parent)
    : QObject(parent)
    , model_(new ModelBox(parent))
    , task_(new TaskBox("task", built_in_task_choices(), parent))
    , held_out_(new TaskBox("heldOut", held_out_task_choices(), parent))
    , host_model_(new HostSourceBox(
          "hostModel", tr("Model there"), tr("a model's name, or a path there"), parent))
    , host_task_(new HostSourceBox(
          "hostTask", tr("Task there"), tr("a ready-made task, or a path there"), parent))
    , host_held_out_(new HostSourceBox("hostHeldOut", tr("Held-out task there"),
          tr("none, a ready-made task, or a path there"), parent))
    , capabilities_(new CapabilityList(parent))
    , notes_(dim_label(parent))
    , rows_{ row_of(model_, host_model_, parent), row_of(task_, host_task_, parent),
        row_of(held_out_, host_held_out_, parent) }
{
    notes_->setObjectName(QStringLiteral("taskNotes"));
    notes_->hide();
    task_row()->layout()->addWidget(notes_);
    host_task_->set_choices(host_choices(built_in_task_choices()));
    host_held_out_->set_choices(host_choices(held_out_task_choices()));
    connect(model_, &ModelBox::model_chosen, this, &RunSources::model_chosen);
    connect(model_, &ModelBox::model_read, this, &RunSources::model_read);
    connect(task_, &TaskBox::task_chosen, this, &RunSources::task_chosen);
    connect(held_out_, &TaskBox::task_chosen, this, &RunSources::held_out_chosen);
    connect(host_model_, &HostSourceBox::source_chosen, this, &RunSources::model_chosen);
    connect(host_task_, &HostSourceBox::source_chosen, this, &RunSources::task_chosen);
    connect(host_held_out_, &HostSourceBox::source_chosen, this, &RunSources::held_out_chosen);
    connect(capabilities_, &CapabilityList::edited, this, &RunSources::capabilities_edited);
    set_host(nullptr);
}

QWidget* RunSources::row_of(QWidget* local, HostSourceBox* there, QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(local);
    column->addWidget(there);
    return row;
}

void RunSources::set_host(const HostQuestions* host)
{
    host_ = host;
    const std::pair<QWidget*, QWidget*> both[]
        = { { model_, host_model_ }, { task_, host_task_ }, { held_out_, host_held_out_ } };
    for (std::size_t i = 0; i < std::size(rows_); ++i) {
        both[i].first->setVisible(!host);
        both[i].second->setVisible(host);
        rows_[i]->setFocusProxy((host ? both[i].second : both[i].first)->focusProxy());
    }
    capabilities_->set_host(host ? host->host() : QString());
}

void RunSources::show_draft(const RunDraft& draft)
{
    const RunConfig& run = draft.config();
    capabilities_->show_suites(run.capabilities);
    if (host_)
        return show_host(draft);
    model_->choose(run.model);
    task_->choose(run.task);
    held_out_->choose(run.held_out_task);
}

void RunSources::show_host(const RunDraft& draft)
{
    host_model_->set_choices(host_choices(host_->models()));
    std::map<std::string, std::string> problems = draft.problems();
    if (host_->check() && host_->check_is_of_run())
        problems.insert(host_->check()->problems.begin(), host_->check()->problems.end());
    const std::pair<HostSourceBox*, const char*> fields[] = { { host_model_, "model" },
        { host_task_, "task.train" }, { host_held_out_, "task.held_out" } };
    for (const auto& [box, setting] : fields) {
        box->choose(draft.text(setting));
        const auto found = problems.find(setting);
        box->show_problem(found == problems.end() ? QString() : form_sentence(found->second));
    }
}

void RunSources::show_notes(const std::vector<std::string>& notes)
{
    QStringList sentences;
    for (const std::string& note : notes)
        sentences << tr("Note: %1").arg(form_sentence(note));
    notes_->setText(sentences.join(u'\n'));
    notes_->setVisible(!sentences.isEmpty());
}

ModelChoice RunSources::model() const
{
    if (!host_)
        return model_->chosen();
    ModelChoice model;
    if (!host_->check() || host_->check()->model_config.empty())
        return model;
    try {
        model.config = parse_model_config(
            host_->check()->model_config, host_->host().toStdString() + "'s model");
    } catch (const Error& why) { // of a newer family, say, which the host may well know
        model.detail = QString::fromUtf8(why.what());
    }
    return model;
}

} // namespace circuitloom::ui
