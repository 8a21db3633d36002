#pragma once

#include "core/run/worker.h"
#include "ui/curves/curve_plots.h"
#include "ui/export/export_choices.h"
#include "ui/runs/runs_model.h"
#include "ui/theme/theme.h"
#include "ui/timeline/playback.h"
#include "ui/window/experiment_session.h"
#include "ui/window/run_ages.h"
#include "ui/window/theme_choice.h"
#include "ui/window/window_actions.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include <memory>
#include <optional>
#include <set>

class QDockWidget;
class QStackedWidget;

namespace circuitloom::ui {

class BookmarksPanel;
class CircuitCommands;
class CircuitPanel;
class CurvesPanel;
class ErrorBanner;
class HeaderBar;
class RunCommands;
class RunsPanel;
class StartPage;
class TimelineBar;

/// The window: runs on the left, the circuit with its timeline in the middle, curves below. It
/// joins the session (what there is), the playback (which iteration) and the panels (how it looks).
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `folder`: where experiments are kept until they are saved.
    MainWindow(Worker::EngineLoader loader, const QString& folder);
    ~MainWindow() override;

    /// Opens an experiment; asks first where a run is in training. False, and the banner says why,
    /// where it could not.
    bool open_file(const QString& file);
    void save_file(const QString& file);
    /// As shown: same strongest edges, colours and theme. False, and the banner says why, where
    /// they could not be written.
    bool export_circuit(const QString& file);
    bool export_curves(const QString& file);
    void start_preset(const std::string& name);
    void start_run(const RunConfig& config);
    void set_theme_choice(ThemeChoice choice);
    /// From now on OpenGL paints the circuit, if it works here.
    void use_opengl();

    ExperimentSession& session() { return *session_; }
    Playback& playback() { return playback_; }
    const Theme& current_theme() const { return theme_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void build();
    QDockWidget* add_dock(const QString& name, const QString& title, QWidget* content,
        Qt::DockWidgetArea area, const QKeySequence& keys);
    void connect_actions();
    void connect_timeline_actions();
    void connect_panels();
    void connect_session();
    void apply_theme();
    void restore_window();

    void show_run();
    void show_iteration();
    void show_circuit_page();
    /// The iteration with which "change since iteration …" compares.
    void choose_iteration(int iteration, bool show);
    void follow_ages();
    void show_records();
    void show_runs();
    void show_curves();
    void show_file();
    void show_state();
    void show_recent();
    void show_error(const QString& sentence);
    void overlay(RunId run, bool overlaid);
    std::vector<RunRow> run_rows() const;
    QColor run_color(RunId run) const;
    std::vector<PlottedRun> plotted_runs() const;

    void ask_open();
    void ask_save();
    void ask_export(ExportChoices::Kind kind);
    void copy_circuit();
    void enable_exports();
    /// The current run as it is shown now; none where there is no run.
    std::optional<ExportSource> export_source() const;
    bool may_leave_file();
    void new_experiment();
    void remember_recent(const QString& file);

    std::unique_ptr<ExperimentSession> session_;
    Playback playback_;
    RunAges ages_;
    int chosen_iteration_ = 0;
    RunsModel runs_model_;
    std::set<RunId> plotted_; ///< runs whose curves stand beside the current one's
    bool desktop_dark_;
    Theme theme_;
    QTimer play_timer_;
    QElapsedTimer play_clock_;

    HeaderBar* header_;
    std::unique_ptr<WindowActions> actions_;
    ErrorBanner* banner_;
    QStackedWidget* middle_;
    StartPage* start_page_;
    CircuitPanel* circuit_;
    TimelineBar* timeline_;
    CurvesPanel* curves_;
    RunsPanel* runs_;
    BookmarksPanel* bookmarks_;
    RunCommands* commands_ = nullptr;
    std::unique_ptr<CircuitCommands> circuit_commands_;
    QDockWidget* runs_dock_ = nullptr;
    QDockWidget* curves_dock_ = nullptr;
    QDockWidget* bookmarks_dock_ = nullptr;
};

} // namespace circuitloom::ui
