#include "ui/dialogs/new_run_dialog.h"

#include "core/run/runs_made.h"
#include "ui/dialogs/command_panel.h"
#include "ui/dialogs/discard_question.h"
#include "ui/dialogs/estimate_panel.h"
#include "ui/dialogs/fitted_run.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/host_questions.h"
#include "ui/dialogs/local_check.h"
#include "ui/dialogs/place_box.h"
#include "ui/dialogs/preview_panel.h"
#include "ui/dialogs/processes_box.h"
#include "ui/dialogs/recent_choices.h"
#include "ui/dialogs/run_problems.h"
#include "ui/dialogs/run_sources.h"
#include "ui/dialogs/settings_form.h"
#include "ui/dialogs/start_line.h"
#include "ui/dialogs/sweep_box.h"
#include "ui/runs/presets.h"
#include "ui/session/remote_file.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

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
    connect_form();
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
    timed_ = std::move(timed);
    choose_place();
}

void NewRunDialog::set_devices(const Devices& devices)
{
    devices_ = devices;
    if (!there())
        estimate_->set_devices(devices_);
}

void NewRunDialog::set_host(RemoteFile& remote)
{
    host_ = new HostQuestions(remote, this);
    place_->set_host(host_->host());
    form_->labelForField(place_)->show();
    place_->show();
    connect(host_, &HostQuestions::started, this, [this] { QDialog::accept(); });
    connect(host_, &HostQuestions::told, this, &NewRunDialog::show_draft);
    choose_place();
}

void NewRunDialog::compute_here()
{
    place_->choose(false);
}

bool NewRunDialog::there() const
{
    return host_ && place_->there();
}

void NewRunDialog::choose_place()
{
    sources_->set_host(there() ? host_ : nullptr);
    for (QWidget* row :
        { sources_->model_row(), sources_->task_row(), sources_->held_out_row() })
        if (auto* label = qobject_cast<QLabel*>(form_->labelForField(row)))
            label->setBuddy(row->focusProxy());
    // How fast a host is says nothing of this computer.
    estimate_->set_timed_runs(host_ && !there() ? std::vector<TimedRun>() : timed_);
    estimate_->set_devices(there() ? host_->devices() : devices_);
    show_draft();
}

void NewRunDialog::set_runs_there(std::vector<RunSummary> runs)
{
    there_ = std::move(runs);
    show_draft();
}

void NewRunDialog::set_queued(bool queued)
{
    queued_ = queued;
    show_start();
}

void NewRunDialog::show_start()
{
    const int runs = static_cast<int>(to_make_.size());
    if (there())
        start_->set_start_text(runs < 2
                ? tr("Start on %1").arg(host_->host())
                : tr("Start %n run(s) on %1", nullptr, runs).arg(host_->host()));
    else if (runs < 2)
        start_->set_start_text(queued_ ? tr("Add to the queue") : tr("Start"));
    else
        start_->set_start_text(queued_ ? tr("Add %n run(s) to the queue", nullptr, runs)
                                       : tr("Start %n run(s)", nullptr, runs));
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
    if (!there() && !sources_->model().unusable.isEmpty())
        return sources_->model().unusable;
    if (!draft_.problems().empty())
        return form_sentence(draft_.problems().begin()->second);
    if (there())
        for (const auto& [setting, sentence] : host_problems(*host_, config()))
            return sentence;
    for (const QString& too_many :
        { edges_problem("circuit.top_n"), edges_problem("circuit.top_n_start") })
        if (!too_many.isEmpty())
            return too_many;
    if (!there() && !preview_->task_problem().isEmpty())
        return preview_->task_problem();
    if (const QString unscored = check_->problem(); !unscored.isEmpty())
        return unscored;
    if (const QString swept = plan_.first_problem(); !swept.isEmpty())
        return swept;
    if (sweep_->is_used() && to_make_.empty())
        return tr("All runs of this sweep are in the file already.");
    return there() ? host_->obstacle() : QString();
}

QString NewRunDialog::edges_problem(const std::string& setting) const
{
    const bool swept = std::ranges::any_of(plan_.axes,
        [&](const SweepAxis& axis) { return axis.setting == setting; });
    return swept ? QString() : too_many_edges(setting, config(), estimate_->graph_edges());
}

void NewRunDialog::accept()
{
    if (!problem().isEmpty())
        return;
    if (there())
        return host_->start(config(), plan_.axes, sweep_->seeds());
    const QString model = QString::fromStdString(config().model);
    remember_choice(RecentKind::model, model);
    if (sweep_->is_used())
        Q_EMIT sweep_requested(to_make_);
    else
        Q_EMIT start_requested(config(), processes_->processes());
    QDialog::accept();
}

void NewRunDialog::reject()
{
    const bool sent = host_ && host_->starting(); // what comes of it is told in the window
    if (sent || (!draft_.changed() && !sweep_->is_used())) {
        QDialog::reject();
        return;
    }
    ask_to_discard(*this, [this] { QDialog::reject(); });
}

void NewRunDialog::show_draft()
{
    processes_->set_obstacle(there() ? tr("On %1 the run has one process.").arg(host_->host())
            : sweep_->is_used()      ? tr("Of several runs each has one process.")
                                     : QString());
    draft_.set_processes(processes_->processes());
    const RunConfig& run = draft_.config();
    estimate_->set_processes(processes_->processes());
    if (host_)
        place_->show_line(host_->line());
    if (there())
        host_->show_run(run);
    sources_->show_draft(draft_);
    settings_->show_draft(draft_);
    RunConfig fitted = draft_.fitted_base();
    if (fitted.held_out_task.empty()) // until others are chosen
        fitted.held_out_task = run.held_out_task;
    left_out_->setText(left_out(draft_.base(), fitted));
    left_out_->setVisible(!left_out_->text().isEmpty());
    show_side(run);
    show_start();
    show_problem();
}

void NewRunDialog::show_side(const RunConfig& run)
{
    TaskSize task;
    if (!there()) {
        preview_->show_run(run);
        check_->show_run(run);
        sources_->show_notes(check_->notes());
        task = preview_->task_size();
    } else {
        preview_->show_elsewhere(host_task_text(*host_));
        check_->show_nothing();
        const bool told = host_->check() && host_->check_is_of_run();
        sources_->show_notes(told ? host_->check()->notes : std::vector<std::string>());
        task = host_->check() ? host_->check()->task : TaskSize{};
        estimate_->set_devices(host_->devices());
    }
    const bool is_asked = there() && !host_->check() && host_->doubt().isEmpty();
    if (is_asked)
        estimate_->show_nothing(tr("known once %1 has answered").arg(host_->host()));
    else
        estimate_->show_run(run, sources_->model().config, task);
    plan();
    if (!to_make_.empty() && !is_asked)
        estimate_->show_sweep(to_make_);
    if (there())
        command_->show_remote(run, host_->address(), plan_.axes, sweep_->seeds());
    else
        command_->show_run(run, plan_.axes, sweep_->seeds(), processes_->processes());
}

void NewRunDialog::plan()
{
    const RunConfig& run = draft_.config();
    to_make_.clear();
    plan_ = plan_sweep(run, sweep_->swept(), sweep_->seeds(), estimate_->graph_edges());
    if (sweep_->is_used()) {
        // Where the open file is a host's, what begins here comes into another one.
        const bool into_open = !host_ || there();
        const auto made = runs_made(plan_.runs, into_open ? there_ : std::vector<RunSummary>());
        for (std::size_t i = 0; i < plan_.runs.size(); ++i)
            if (!made[i] || !is_settled(*made[i]))
                to_make_.push_back(plan_.runs[i]);
    }
    sweep_->show_plan(plan_, run, plan_.runs.size() - (sweep_->is_used() ? to_make_.size() : 1));
}

void NewRunDialog::show_problem()
{
    for (const char* setting : { "circuit.top_n", "circuit.top_n_start" })
        if (!draft_.problems().contains(setting))
            settings_->show_problem(setting, edges_problem(setting));
    if (there())
        for (const auto& [setting, sentence] : host_problems(*host_, config()))
            settings_->show_problem(setting, sentence);
    const QString warning = there() && !host_->doubt().isEmpty()
        ? host_->doubt()
        : long_warm_up(config(), preview_->task_size());
    start_->show_problem(problem(), warning);
}

} // namespace circuitloom::ui
