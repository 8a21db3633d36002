#pragma once

#include "core/report/consensus_run.h"
#include "ui/base/background.h"

#include <QObject>
#include <QString>

#include <vector>

class QAction;
class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class RemoteCommands;
class RunsDisplay;

/// Run → Consensus of the shown runs…: what the last circuits of the current run and of those
/// beside it agree on, or all circuits of the current run alone, becomes a run of the open file,
/// which is shown then. Asks what share must have an edge; reads and writes on a thread of its own.
/// Not where the file is another machine's, which takes no run.
class ConsensusCommand : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent.
    ConsensusCommand(QWidget& window, ExperimentSession& session, RemoteCommands& remote,
        const RunsDisplay& runs, QAction& action, ErrorBanner& banner);

private:
    void ask();
    void begin(const QString& file, const std::vector<RunId>& runs, double share);
    void take(const QString& file, const ConsensusRun& made);
    void show_state();

    QWidget& window_;
    ExperimentSession& session_;
    const RemoteCommands& remote_;
    const RunsDisplay& runs_;
    QAction& action_;
    const QString tip_; ///< the action's own
    ErrorBanner& banner_;
    bool busy_ = false;
    Background background_; // last, so that its work ends first
};

} // namespace circuitloom::ui
