#include "ui/window/report_commands.h"

#include "ui/report/report_dialog.h"
#include "ui/session/experiment_session.h"
#include "ui/window/runs_display.h"
#include "ui/window/window_actions.h"

#include <QAction>

#include <algorithm>

namespace circuitloom::ui {

ReportCommands::ReportCommands(QWidget& window, const ExperimentSession& session,
    const RunsDisplay& runs, const WindowActions& actions)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , runs_(runs)
{
    connect(actions.export_report, &QAction::triggered, this, &ReportCommands::ask);
}

void ReportCommands::ask()
{
    if (!session_.current())
        return;
    const std::vector<PlottedRun> shown = runs_.plotted_runs();
    std::vector<ReportChoice> choices;
    for (const RunHistory& run : session_.runs()) {
        const RunId id = run.summary.id;
        choices.push_back({ id, QString::fromStdString(run.summary.description.name),
            std::ranges::find(shown, id, &PlottedRun::run) != shown.end() });
    }
    auto* dialog = new ReportDialog(session_.file(), choices, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&session_, &ExperimentSession::moved, dialog, &ReportDialog::follow_file);
    dialog->show();
}

} // namespace circuitloom::ui
