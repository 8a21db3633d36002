#include "ui/dialogs/new_run_dialog.h"

#include "core/base/error.h"
#include "ui/dialogs/capability_list.h"
#include "ui/dialogs/command_panel.h"
#include "ui/dialogs/estimate_panel.h"
#include "ui/dialogs/fitted_run.h"
#include "ui/dialogs/model_box.h"
#include "ui/dialogs/preview_panel.h"
#include "ui/dialogs/settings_form.h"
#include "ui/dialogs/task_box.h"
#include "ui/runs/presets.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace circuitloom::ui {

NewRunDialog::NewRunDialog(QWidget* parent)
    : QDialog(parent)
    , draft_(preset(preset_choices().front().name))
{
    for (const PresetChoice& choice : preset_choices())
        origins_.push_back({ choice.title, choice.sentence, preset(choice.name) });
    build();
    begin_from_row(0);

    const auto set = [this](const std::string& setting) {
        return [this, setting](const std::string& text) { change(setting, text); };
    };
    connect(origin_box_, &QComboBox::currentIndexChanged, this, &NewRunDialog::begin_from_row);
    connect(model_, &ModelBox::model_chosen, this, &NewRunDialog::use_model);
    connect(model_, &ModelBox::model_read, this, &NewRunDialog::show_draft);
    connect(task_, &TaskBox::task_chosen, this, &NewRunDialog::use_task);
    connect(held_out_, &TaskBox::task_chosen, this, set("task.held_out"));
    connect(settings_, &SettingsForm::edited, this,
        [this](const std::string& setting, const QString& text) {
            change(setting, text.toStdString());
        });
    connect(settings_, &SettingsForm::reset_requested, this, [this](const std::string& setting) {
        draft_.reset(setting);
        show_draft();
    });
    connect(capabilities_, &CapabilityList::edited, this,
        [this](const std::vector<SuiteReference>& suites) {
            draft_.set_capabilities(suites);
            show_draft();
        });
    connect(preview_, &PreviewPanel::task_read, this, &NewRunDialog::show_draft);
}

void NewRunDialog::begin_from_preset(const std::string& name)
{
    const std::vector<PresetChoice> choices = preset_choices();
    const auto found = std::find_if(choices.begin(), choices.end(),
        [&](const PresetChoice& choice) { return choice.name == name; });
    if (found != choices.end())
        origin_box_->setCurrentIndex(static_cast<int>(found - choices.begin()));
}

void NewRunDialog::begin_from_run(const QString& name, const RunConfig& config)
{
    origins_.push_back(
        { tr("Run “%1”").arg(name), tr("The same again, with what you change."), config });
    origin_box_->addItem(origins_.back().title);
    origin_box_->setCurrentIndex(origin_box_->count() - 1);
}

void NewRunDialog::set_timed_runs(std::vector<TimedRun> timed)
{
    estimate_->set_timed_runs(std::move(timed));
    show_draft();
}

void NewRunDialog::set_queued(bool queued)
{
    start_->setText(queued ? tr("Add to the queue") : tr("Start"));
}

void NewRunDialog::use_model(const std::string& model)
{
    change("model", model);
}

void NewRunDialog::use_task(const std::string& source)
{
    // Its held-out examples come with it.
    draft_.reset("task.held_out");
    change("task.train", source);
}

void NewRunDialog::begin_from_row(int row)
{
    const Origin& origin = origins_[static_cast<std::size_t>(row)];
    origin_sentence_->setText(origin.sentence);
    draft_.begin_from(origin.config);
    show_draft();
}

void NewRunDialog::change(const std::string& setting, const std::string& text)
{
    draft_.set(setting, text);
    show_draft();
}

QString NewRunDialog::problem() const
{
    if (!model_->chosen().unusable.isEmpty())
        return model_->chosen().unusable;
    if (!draft_.problems().empty())
        return QString::fromStdString(draft_.problems().begin()->second);
    return preview_->task_problem();
}

void NewRunDialog::accept()
{
    if (!problem().isEmpty())
        return;
    Q_EMIT start_requested(config());
    QDialog::accept();
}

void NewRunDialog::show_draft()
{
    const RunConfig& run = draft_.config();
    model_->choose(run.model);
    task_->choose(run.task);
    held_out_->choose(run.held_out_task);
    capabilities_->show_suites(run.capabilities);
    settings_->show_draft(draft_);
    RunConfig fitted = draft_.fitted_base();
    if (fitted.held_out_task.empty()) // until others are chosen
        fitted.held_out_task = run.held_out_task;
    left_out_->setText(left_out(draft_.base(), fitted));
    left_out_->setVisible(!left_out_->text().isEmpty());
    preview_->show_run(run);
    estimate_->show_run(run, model_->chosen().config, preview_->task_size());
    command_->show_run(run);

    const QString problem = this->problem();
    problem_->setText(problem);
    start_->setEnabled(problem.isEmpty());
    start_->setToolTip(problem);
}

} // namespace circuitloom::ui
