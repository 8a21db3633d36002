#pragma once

#include <QObject>

class QWidget;

namespace circuitloom::ui {

class ExperimentSession;
class RunsDisplay;
struct WindowActions;

/// What the action does that exports a report on the experiment's runs.
class ReportCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialog's parent. `runs` says whose curves are shown:
    /// these runs are chosen at first.
    ReportCommands(QWidget& window, const ExperimentSession& session, const RunsDisplay& runs,
        const WindowActions& actions);

private:
    void ask();

    QWidget& window_;
    const ExperimentSession& session_;
    const RunsDisplay& runs_;
};

} // namespace circuitloom::ui
