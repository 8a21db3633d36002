#include "ui/window/run_commands.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/run/run_in_processes.h"
#include "core/run/sweep_estimate.h"
#include "ui/dialogs/new_run_dialog.h"
#include "ui/runs/run_details.h"
#include "ui/runs/runs_panel.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
#include "ui/window/remote_commands.h"
#include "ui/window/run_names.h"
#include "ui/window/stop_question.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

QStringList names_of(const std::vector<RunHistory>& runs)
{
    QStringList names;
    for (const RunHistory& run : runs)
        names << QString::fromStdString(run.summary.description.name);
    return names;
}

std::vector<TimedRun> timed_runs(const std::vector<RunHistory>& runs)
{
    std::vector<TimedRun> timed;
    for (const RunHistory& run : runs) {
        const double seconds = seconds_per_step(run);
        if (!std::isfinite(seconds))
            continue;
        timed.push_back({ run.config, seconds });
        timed.back().config.name = run.summary.description.name;
    }
    return timed;
}

} // namespace

RunCommands::RunCommands(QWidget& window, ExperimentSession& session, const WindowActions& actions,
    RunsPanel& runs, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , actions_(actions)
    , runs_(runs)
    , banner_(banner)
    , elsewhere_(session, banner, this)
    , comparison_(window, session, runs)
    , pause_tip_(actions.pause->toolTip())
{
    runs_.set_actions({ actions_.pause, actions_.stop, actions_.go_on, actions_.compare });
    runs_.set_queue_actions({ actions_.start_waiting, actions_.empty_queue });
    auto* line = new QAction(this);
    line->setSeparator(true);
    runs_.set_menu({ actions_.overlay, actions_.pause, actions_.stop, actions_.go_on, line,
        actions_.duplicate, actions_.rename, actions_.details, actions_.remove_run });
    connect_actions();
}

void RunCommands::connect_actions()
{
    connect(actions_.run_demo, &QAction::triggered, this,
        [this] { start_preset(presets().front().name); });
    connect(actions_.new_run, &QMenu::triggered, this, [this](QAction* action) {
        if (action != actions_.other_run)
            begin_with(action->data().toString().toStdString());
    });
    connect(actions_.other_run, &QAction::triggered, this, &RunCommands::open_dialog);
    connect(actions_.pause, &QAction::triggered, this, [this] {
        const RunHistory* run = chosen();
        const bool waits_there
            = elsewhere_.reaches(run) && run->summary.state == RunState::paused;
        if (tell_elsewhere(waits_there ? RunOrder::resume : RunOrder::pause))
            return show_state(); // the tick comes with what is done there, not with the click
        if (session_.paused())
            session_.resume();
        else
            session_.pause();
    });
    connect(actions_.stop, &QAction::triggered, this, [this] {
        if (!tell_elsewhere(RunOrder::stop))
            session_.stop();
    });
    connect(actions_.go_on, &QAction::triggered, this, [this] {
        const RunHistory* run = chosen();
        if (tell_elsewhere(RunOrder::resume))
            return;
        if (session_.paused() && !can_be_queued(run))
            session_.resume();
        else if (run)
            session_.go_on(run->summary.id);
    });
    connect(actions_.start_waiting, &QAction::triggered, this, [this] {
        banner_.hide();
        session_.start_waiting();
    });
    connect(actions_.empty_queue, &QAction::triggered, &session_, &ExperimentSession::empty_queue);
    connect(actions_.duplicate, &QAction::triggered, this, &RunCommands::duplicate);
    connect(actions_.rename, &QAction::triggered, &runs_, &RunsPanel::rename_chosen);
    connect(actions_.details, &QAction::triggered, this, &RunCommands::edit_details);
    connect(actions_.overlay, &QAction::triggered, this, [this](bool on) {
        if (const RunHistory* run = chosen())
            Q_EMIT overlay_requested(run->summary.id, on);
    });
    connect(actions_.compare, &QAction::triggered, &comparison_, &OpenComparison::show);
    connect(actions_.remove_run, &QAction::triggered, this, &RunCommands::remove);
    connect(actions_.undo_remove, &QAction::triggered, this, &RunCommands::undo_remove);
    connect(&runs_, &RunsPanel::choice_changed, this, &RunCommands::show_state);
    connect(&runs_, &RunsPanel::details_requested, this, &RunCommands::edit_details);
    connect(&runs_, &RunsPanel::remove_requested, this, &RunCommands::remove);
    connect(&runs_, &RunsPanel::run_requested, this, &RunCommands::begin_with);
    connect(&runs_, &RunsPanel::other_run_requested, actions_.other_run, &QAction::trigger);
}

void RunCommands::start(const RunConfig& config, int processes)
{
    make_room();
    session_.start(config, processes);
}

void RunCommands::start_sweep(const std::vector<RunConfig>& runs)
{
    make_room();
    session_.start_sweep(runs);
}

void RunCommands::make_room()
{
    banner_.hide();
    if (elsewhere_.mirrored())
        session_.close();
}

void RunCommands::start_preset(const std::string& name)
{
    if (elsewhere_.mirrored()) // where it is to begin is asked
        return open_dialog()->begin_from_preset(name);
    try {
        start(preset(name));
    } catch (const Error& error) {
        banner_.show_error(QString::fromStdString(error.what()));
    }
}

void RunCommands::begin_with(const std::string& name)
{
    if (preset(name).model == "demo")
        start_preset(name);
    else
        open_dialog()->begin_from_preset(name); // model and sentences are the user's own
}

NewRunDialog* RunCommands::open_dialog()
{
    auto* dialog = new NewRunDialog(&window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (elsewhere_.mirrored())
        dialog->set_host(remote_->remote());
    dialog->set_timed_runs(timed_runs(session_.runs()));
    const auto show_queued = [this, dialog] {
        dialog->set_queued(session_.training() || !session_.waiting().empty());
    };
    show_queued();
    std::vector<RunSummary> there;
    for (const RunHistory& run : session_.runs())
        there.push_back(run.summary);
    dialog->set_runs_there(std::move(there));
    connect(dialog, &NewRunDialog::start_requested, this, &RunCommands::start);
    connect(dialog, &NewRunDialog::sweep_requested, this, &RunCommands::start_sweep);
    connect(&session_, &ExperimentSession::training_changed, dialog, show_queued);
    connect(&session_, &ExperimentSession::question_answered, dialog,
        [dialog, asked = session_.ask(QStringLiteral("new run"), DevicesQuestion{})](
            QuestionId question, const Answer& answer) {
            const auto* devices = std::get_if<Devices>(&answer);
            if (devices && question == asked)
                dialog->set_devices(*devices);
        });
    dialog->open();
    return dialog;
}

void RunCommands::ask_for_run(const QString& name, const std::optional<RunConfig>& config,
    const QString& model, const QString& task)
{
    NewRunDialog* dialog = open_dialog();
    if (config)
        dialog->begin_from_run(name, *config);
    if (!model.isEmpty() || !task.isEmpty())
        dialog->compute_here(); // they are files of this computer
    if (!model.isEmpty())
        dialog->use_model(model.toStdString());
    if (!task.isEmpty())
        dialog->use_task(task.toStdString());
}

void RunCommands::duplicate()
{
    const RunRow* row = runs_.chosen();
    if (!row)
        return;
    const QString name = QString::fromStdString(row->summary.description.name);
    RunConfig config;
    if (const RunHistory* run = chosen()) {
        config = run->config;
    } else {
        for (const QueuedRun& waiting : session_.waiting()) {
            if (waiting.ticket == row->ticket)
                config = waiting.config;
        }
    }
    config.name = next_name(name, names_of(session_.runs())).toStdString();
    open_dialog()->begin_from_run(name, config);
}

bool RunCommands::can_be_queued(const RunHistory* run) const
{
    return run && !session_.is_busy(run->summary.id) && can_go_on(run->summary.state);
}

void RunCommands::set_remote(RemoteCommands& remote)
{
    remote_ = &remote;
    elsewhere_.set_remote(remote);
    connect(&remote.remote(), &RemoteFile::status_changed, this, &RunCommands::show_state);
}

bool RunCommands::tell_elsewhere(RunOrder order)
{
    const RunHistory* run = chosen();
    if (!elsewhere_.reaches(run))
        return false;
    elsewhere_.tell(run->summary.id, order);
    return true;
}

const RunHistory* RunCommands::chosen() const
{
    const RunRow* row = runs_.chosen();
    return row && row->ticket == 0 ? session_.run(row->summary.id) : nullptr;
}

void RunCommands::edit_details()
{
    const RunHistory* run = chosen();
    if (!run)
        return;
    const RunId id = run->summary.id;
    auto* dialog = new RunDetails(run->summary, state_text(*runs_.chosen()),
        is_imported(run->summary.description)
            ? tr("This run was imported: its circuits come from files of another program, which do "
                 "not say how they were made.")
            : QString::fromStdString(to_toml(run->config)),
        &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id, file = session_.file()] {
        session_.set_details(file, id, dialog->name(), dialog->notes());
    });
    dialog->open();
}

void RunCommands::remove()
{
    const RunRow* row = runs_.chosen();
    if (!row || !actions_.remove_run->isEnabled())
        return;
    if (row->ticket > 0) {
        session_.leave_queue(row->ticket);
        return;
    }
    const RunId id = row->summary.id;
    const QString name = QString::fromStdString(row->summary.description.name);
    QMessageBox question(QMessageBox::Question, tr("Delete run"),
        tr("Delete the run “%1”? You can undo this until the file is closed.").arg(name),
        QMessageBox::Yes | QMessageBox::Cancel, &window_);
    question.setTextFormat(Qt::PlainText);
    question.button(QMessageBox::Yes)->setText(tr("&Delete"));
    question.setDefaultButton(QMessageBox::Cancel);
    const QString file = session_.file();
    // Another file may be open by now, whose run of that number nobody asked about.
    if (question.exec() != QMessageBox::Yes || !session_.is_open(file))
        return;
    if (session_.remove(id))
        banner_.show_notice(tr("“%1” was deleted.").arg(name), actions_.undo_remove);
    else
        banner_.show_error(tr("“%1” is in training by now; stop it to delete it.").arg(name));
}

void RunCommands::undo_remove()
{
    session_.undo_remove();
    banner_.hide();
}

bool RunCommands::may_leave()
{
    return may_leave_run(window_, session_);
}

void RunCommands::offer_waiting()
{
    const auto waiting = session_.waiting().size();
    if (waiting == 0 || !banner_.text().isEmpty())
        return;
    banner_.show_notice(tr("%n run(s) has/have been waiting since the file was closed.", nullptr,
                            static_cast<int>(waiting)),
        actions_.start_waiting);
}

QString RunCommands::queue_text() const
{
    const auto& waiting = session_.waiting();
    if (waiting.empty())
        return {};
    const int count = static_cast<int>(waiting.size());
    std::vector<RunConfig> runs;
    for (const QueuedRun& run : waiting)
        runs.push_back(run.config);
    const auto time = estimate_sweep_time(runs, {}, timed_runs(session_.runs()));
    return time ? tr("%n run(s) wait(s), about %1", nullptr, count)
                      .arg(QString::fromStdString(duration(std::ceil(time->seconds))))
                : tr("%n run(s) wait(s)", nullptr, count);
}

void RunCommands::show_state()
{
    runs_.set_queue(queue_text());
    actions_.empty_queue->setEnabled(!session_.waiting().empty());
    const RunRow* row = runs_.chosen();
    const RunHistory* run = chosen();
    const bool training = session_.training();
    const bool busy = run && session_.is_busy(run->summary.id);
    const bool paused = training && session_.paused();
    const bool elsewhere = elsewhere_.reaches(run);
    const bool paused_there = elsewhere && run->summary.state == RunState::paused;
    const bool shared = elsewhere ? processes_of(run->summary.description) > 1
                                  : session_.processes() > 1;
    actions_.pause->setEnabled((elsewhere || training) && !shared);
    actions_.pause->setToolTip(shared ? tr("A run that several processes share cannot be paused. "
                                           "Stop it: it goes on from there.")
                                      : pause_tip_);
    actions_.pause->setChecked(elsewhere ? paused_there : paused);
    actions_.stop->setEnabled(elsewhere || training);
    // What a mirror holds goes on where it comes from, and nowhere else.
    actions_.go_on->setEnabled(
        elsewhere ? paused_there : paused || (!elsewhere_.mirrored() && can_be_queued(run)));
    actions_.start_waiting->setEnabled(!training && !session_.waiting().empty());
    actions_.duplicate->setEnabled(row && !is_imported(row->summary.description)
        && !is_observed(row->summary.description));
    actions_.rename->setEnabled(run);
    actions_.details->setEnabled(run);
    actions_.overlay->setEnabled(run);
    actions_.overlay->setChecked(row && row->plotted);
    actions_.compare->setEnabled(!session_.runs().empty());
    actions_.remove_run->setText(
        row && row->ticket > 0 ? tr("Take out of the queue") : tr("De&lete…"));
    actions_.remove_run->setEnabled(row && !busy);
    actions_.undo_remove->setEnabled(session_.can_undo_remove());
}

} // namespace circuitloom::ui
