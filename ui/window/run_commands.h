#pragma once

#include "core/base/ids.h"
#include "core/remote/run_orders.h"
#include "core/run/run_config.h"
#include "ui/window/open_comparison.h"
#include "ui/window/orders_elsewhere.h"

#include <QObject>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class NewRunDialog;
class RemoteCommands;
class RunsPanel;
struct RunHistory;
struct WindowActions;

/// What the Run menu, the runs' context menu and their keys do: each with the run chosen in the
/// list, after asking where something could be lost.
class RunCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent.
    RunCommands(QWidget& window, ExperimentSession& session, const WindowActions& actions,
        RunsPanel& runs, ErrorBanner& banner);

    /// Has runs that go on at a host told there to pause, resume and stop.
    void set_remote(RemoteCommands& remote);
    /// Processes: of this machine, that share it.
    void start(const RunConfig& config, int processes = 1);
    void start_preset(const std::string& name);
    void start_sweep(const std::vector<RunConfig>& runs);
    /// Asks for a run that begins from `config`, called `name`, or else from a preset, with this
    /// model and these examples where they are not empty.
    void ask_for_run(const QString& name, const std::optional<RunConfig>& config,
        const QString& model, const QString& task);
    /// See may_leave_run().
    bool may_leave();
    /// Says that runs were left waiting, where some were.
    void offer_waiting();
    /// Enables what the chosen run allows.
    void show_state();
    /// The runs or their figures changed: the open comparison follows a moment later, however often
    /// that is told until then.
    void show_comparison() { comparison_.follow_soon(); }
    void set_theme(const Theme& theme) { comparison_.set_theme(theme); }

Q_SIGNALS:
    void overlay_requested(RunId run, bool overlaid);

private:
    void connect_actions();
    /// Starts a preset that needs nothing more; of another, asks for the rest.
    void begin_with(const std::string& preset);
    NewRunDialog* open_dialog();
    void duplicate();
    void edit_details();
    void remove();
    void undo_remove();
    /// It was left before its end, and is not in training.
    bool can_be_queued(const RunHistory* run) const;
    /// How many runs wait, and about how long they take; empty for none.
    QString queue_text() const;
    /// True where another process trains the chosen run, and was told.
    bool tell_elsewhere(RunOrder order);
    /// What starts on this computer begins a new file where the open one takes none.
    void make_room();
    /// Null where none is chosen, or one that waits.
    const RunHistory* chosen() const;

    QWidget& window_;
    ExperimentSession& session_;
    const WindowActions& actions_;
    RunsPanel& runs_;
    ErrorBanner& banner_;
    OrdersElsewhere elsewhere_;
    OpenComparison comparison_;
    QString pause_tip_; ///< of a run that can be paused
    RemoteCommands* remote_ = nullptr;
};

} // namespace circuitloom::ui
