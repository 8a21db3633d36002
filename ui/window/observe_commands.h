#pragma once

#include "core/run/run_config.h"

#include <QObject>
#include <QString>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class RemoteCommands;
struct WindowActions;

/// File → Observe a series…: asks for checkpoints that others trained and has them observed, as a run
/// of the open experiment or of a new one.
class ObserveCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialog's parent.
    ObserveCommands(QWidget& window, ExperimentSession& session, RemoteCommands& remote,
        const WindowActions& actions, ErrorBanner& banner);

    /// Asks about this series and task; about any where they are empty.
    void ask(const QString& series, const QString& task);

private:
    /// Runs may come into the open file; a mirror takes none of this computer.
    bool takes_runs() const;
    void observe(const RunConfig& config, bool watch, bool in_new_file);

    QWidget& window_;
    ExperimentSession& session_;
    RemoteCommands& remote_;
    const WindowActions& actions_;
    ErrorBanner& banner_;
};

} // namespace circuitloom::ui
