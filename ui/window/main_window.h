#pragma once

#include "core/run/worker.h"
#include "ui/export/export_work.h"
#include "ui/runs/runs_model.h"
#include "ui/session/experiment_session.h"
#include "ui/settings/preference_store.h"
#include "ui/timeline/playback.h"
#include "ui/window/theme_choice.h"
#include "ui/window/window_actions.h"

#include <QList>
#include <QMainWindow>
#include <QUrl>

#include <memory>
#include <optional>
#include <string>

namespace circuitloom::ui {

class CircuitPages;
class DockPanels;
class ErrorBanner;
class ExportCommands;
class FileCommands;
class FileDrops;
class HeaderBar;
class HelpWindow;
class IterationDisplay;
class RunCommands;
class RunsDisplay;
class TimelineBar;
class ViewKeeper;

/// The window: runs on the left, the circuit with its timeline in the middle, curves below. It
/// joins the session (what there is), the playback (which iteration), the panels (how it looks) and
/// the commands (what actions and keys do).
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `folder`: where experiments are kept until they are saved, unless the user prefers another.
    MainWindow(Worker::EngineLoader loader, const QString& folder);
    ~MainWindow() override;

    /// Opens an experiment; asks first where a run is in training. False where the user keeps the
    /// one that is open. The other is shown once it has been read; the banner says why not.
    bool open_file(const QString& file);
    /// Files of any kind, as if they had been dropped onto the window; see FileDrops.
    void take_files(const QList<QUrl>& files);
    void save_file(const QString& file);
    /// As shown: same strongest edges, colours and theme. False, and the banner says why, where
    /// they could not be written.
    bool export_circuit(const QString& file);
    bool export_curves(const QString& file);
    void start_preset(const std::string& name);
    void start_run(const RunConfig& config);
    /// What the user prefers, whichever file is open.
    PreferenceStore& preferences() { return preferences_; }
    /// Says above the circuit that something failed which nobody had expected to, with a button that
    /// copies `details`.
    void show_failure(const QString& sentence, const QString& details);
    /// From now on OpenGL paints the circuit, if it works here.
    void use_opengl();

    ExperimentSession& session() { return *session_; }
    Playback& playback() { return playback_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void build_middle();
    void build_panels();
    void connect_circuit();
    void connect_playback();
    void connect_session();
    void show_iteration();
    void show_runs();
    /// Shows what the session is at, and what can be done now.
    void show_state();
    std::optional<ExportSource> export_source() const;

    PreferenceStore preferences_;
    const QString usual_folder_;
    std::unique_ptr<ExperimentSession> session_;
    Playback playback_;
    RunsModel runs_model_;
    HeaderBar* header_;
    std::unique_ptr<WindowActions> actions_;
    ThemeSwitch* theme_;
    ErrorBanner* banner_ = nullptr;
    CircuitPages* pages_ = nullptr;
    TimelineBar* timeline_ = nullptr;
    DockPanels* docks_ = nullptr;
    RunCommands* commands_ = nullptr;
    FileCommands* files_ = nullptr;
    FileDrops* drops_ = nullptr;
    ExportCommands* exports_ = nullptr;
    RunsDisplay* runs_ = nullptr;
    ViewKeeper* views_ = nullptr;
    HelpWindow* help_ = nullptr; ///< once it was asked for
    IterationDisplay* iterations_ = nullptr;
};

} // namespace circuitloom::ui
