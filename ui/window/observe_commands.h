#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class ImportCommands;
class RemoteCommands;
struct WindowActions;

/// File → Observe a series…: asks for checkpoints that others trained and has them observed, or for
/// circuits that others found and has them imported, as a run of the open experiment or of a new
/// one.
class ObserveCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialog's parent.
    ObserveCommands(QWidget& window, ExperimentSession& session, RemoteCommands& remote,
        ImportCommands& imports, const WindowActions& actions, ErrorBanner& banner);

    /// Asks about this series and task; about any where they are empty.
    void ask(const QString& series, const QString& task);

private:
    /// Makes room for a run; false where the user keeps the open experiment.
    bool make_place(bool in_new_file);

    QWidget& window_;
    ExperimentSession& session_;
    RemoteCommands& remote_;
    ImportCommands& imports_;
    const WindowActions& actions_;
    ErrorBanner& banner_;
};

} // namespace circuitloom::ui
