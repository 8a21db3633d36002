// How the main window shows the session: runs, iteration, curves, state.
#include "core/base/error.h"
#include "ui/circuit/circuit_panel.h"
#include "ui/curves/curves_panel.h"
#include "ui/runs/runs_panel.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/error_banner.h"
#include "ui/window/header_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/run_commands.h"

#include <QAction>
#include <QFileInfo>
#include <QGuiApplication>
#include <QStackedWidget>

namespace circuitloom::ui {

namespace {

constexpr std::size_t sparkline_points = 80;

} // namespace

void MainWindow::show_run()
{
    const RunHistory* run = session_->current();
    if (run) {
        circuit_->set_graph(run->graph);
        choose_iteration(0, false);
        follow_ages();
        timeline_->set_marks(timeline_marks(*run));
        playback_.reset(iteration_steps(*run), session_->live_run() == run->summary.id);
    } else {
        timeline_->set_marks({});
        playback_.reset({}, false);
    }
    show_curves();
    runs_->select(run ? std::optional(run->summary.id) : std::nullopt);
}

void MainWindow::show_iteration()
{
    const RunHistory* run = session_->current();
    const int index = playback_.current();
    curves_->set_cursor(index < 0 ? -1 : playback_.current_step());
    if (!run || index < 0 || index >= static_cast<int>(run->iterations.size())) {
        show_state();
        return;
    }
    show_circuit_page();
    try {
        const bool scrubbing = QGuiApplication::mouseButtons() & Qt::LeftButton;
        circuit_->show_iteration(
            { run->iterations[static_cast<std::size_t>(index)], session_->circuit(index),
                session_->circuit(index - 1), session_->circuit(0),
                session_->circuit(chosen_iteration_), ages_.known().at(index) },
            !scrubbing);
    } catch (const Error& error) {
        show_error(QString::fromStdString(error.what()));
    }
    enable_exports();
}

void MainWindow::choose_iteration(int iteration, bool show)
{
    chosen_iteration_ = iteration;
    circuit_->set_chosen_iteration(iteration, show);
    if (show)
        show_iteration();
}

void MainWindow::follow_ages()
{
    if (const RunHistory* run = session_->current())
        ages_.follow(session_->file(), run->summary.id, static_cast<int>(run->iterations.size()));
}

void MainWindow::enable_exports()
{
    actions_->export_circuit->setEnabled(playback_.current() >= 0);
    actions_->copy_circuit->setEnabled(playback_.current() >= 0);
    actions_->export_film->setEnabled(playback_.count() > 1);
    actions_->export_curves->setEnabled(session_->current() != nullptr);
}

void MainWindow::show_circuit_page()
{
    if (middle_->currentWidget() == circuit_)
        return;
    middle_->setCurrentWidget(circuit_);
    // Or the focus would go to whatever button comes next, and Space would press it.
    circuit_->view()->setFocus();
}

void MainWindow::show_records()
{
    if (const RunHistory* run = session_->current())
        timeline_->set_marks(timeline_marks(*run));
    follow_ages();
    curves_->refresh();
    show_runs();
}

std::vector<RunRow> MainWindow::run_rows() const
{
    std::vector<RunRow> rows;
    for (const RunHistory& run : session_->runs()) {
        RunRow row{ run.summary, run_color(run.summary.id),
            thinned(run.curves->metric(), sparkline_points), plotted_.contains(run.summary.id),
            run.config.discover_every };
        row.measure = run.curves->metric_measure().name;
        if (session_->live_run() == run.summary.id) {
            row.summary.state = session_->paused() ? RunState::paused : RunState::running;
            row.time_left = session_->time_left();
        }
        rows.push_back(std::move(row));
    }
    for (const QueuedRun& waiting : session_->waiting()) {
        RunRow row;
        row.ticket = waiting.ticket;
        row.goes_on = waiting.goes_on.has_value();
        row.discover_every = waiting.config.discover_every;
        const RunHistory* begun = waiting.goes_on ? session_->run(*waiting.goes_on) : nullptr;
        RunDescription& description = row.summary.description;
        description.name = begun ? begun->summary.description.name : waiting.config.name;
        description.method = method_name(waiting.config.method);
        description.top_n = waiting.config.selection.rule == SelectionRule::threshold
            ? 0
            : waiting.config.selection.n;
        rows.push_back(std::move(row));
    }
    return rows;
}

void MainWindow::show_runs()
{
    const RunHistory* run = session_->current();
    runs_->show_rows(run_rows(), run ? std::optional(run->summary.id) : std::nullopt);
    commands_->show_comparison();
}

void MainWindow::overlay(RunId run, bool overlaid)
{
    if (overlaid)
        plotted_.insert(run);
    else
        plotted_.erase(run);
    show_curves();
    show_state();
}

void MainWindow::show_curves()
{
    curves_->set_runs(plotted_runs());
    enable_exports();
}

QColor MainWindow::run_color(RunId run) const
{
    // By the run's number in the file, so that deleting one does not recolour the others.
    return series_color(static_cast<int>(run.value - 1), theme_);
}

std::vector<PlottedRun> MainWindow::plotted_runs() const
{
    std::vector<PlottedRun> plotted;
    const RunHistory* current = session_->current();
    const auto add = [&](const RunHistory& run) {
        plotted.push_back({ run.summary.id, QString::fromStdString(run.summary.description.name),
            run_color(run.summary.id), run.summary.description.steps, run.curves });
    };
    if (current)
        add(*current);
    for (const RunHistory& run : session_->runs()) {
        if (&run != current && plotted_.contains(run.summary.id))
            add(run);
    }
    return plotted;
}

void MainWindow::show_file()
{
    QString name;
    if (session_->unsaved())
        name = tr("unsaved experiment");
    else if (!session_->file().isEmpty())
        name = QFileInfo(session_->file()).fileName();
    header_->set_file_name(name);
    setWindowTitle(name.isEmpty() ? tr("Circuitloom") : tr("%1 – Circuitloom").arg(name));
    actions_->save_as->setEnabled(!session_->file().isEmpty());
}

void MainWindow::show_state()
{
    const RunHistory* run = session_->current();
    const bool training = session_->training();
    const bool live = run && session_->live_run() == run->summary.id;
    playback_.set_live(live);
    enable_exports();
    header_->set_status(session_->status());

    if (playback_.current() < 0) {
        if (!run && !training) {
            middle_->setCurrentIndex(0);
        } else {
            show_circuit_page();
            QString words = tr("This run has no circuits.");
            if (training && !session_->preparing().isEmpty())
                words = session_->preparing() + QChar(0x2026);
            else if (live)
                words = tr("Waiting for the first circuit…");
            circuit_->clear(words);
            if (run)
                circuit_->set_graph(run->graph);
        }
    }
    show_runs();
    commands_->show_state();
}

void MainWindow::show_error(const QString& sentence)
{
    banner_->show_error(sentence);
}

void MainWindow::use_opengl()
{
    circuit_->view()->use_opengl();
}

} // namespace circuitloom::ui
