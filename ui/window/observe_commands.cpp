#include "ui/window/observe_commands.h"

#include "ui/dialogs/observe_dialog.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
#include "ui/window/import_commands.h"
#include "ui/window/remote_commands.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QFileInfo>

namespace circuitloom::ui {

ObserveCommands::ObserveCommands(QWidget& window, ExperimentSession& session,
    RemoteCommands& remote, ImportCommands& imports, const WindowActions& actions,
    ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , remote_(remote)
    , imports_(imports)
    , actions_(actions)
    , banner_(banner)
{
    connect(actions_.observe, &QAction::triggered, this, [this] { ask({}, {}); });
}

void ObserveCommands::ask(const QString& series, const QString& task)
{
    QString open;
    if (remote_.takes_runs())
        open = session_.unsaved() ? tr("not saved yet") : QFileInfo(session_.file()).fileName();
    auto* dialog = new ObserveDialog(open, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ObserveDialog::observe_requested, this,
        [this, dialog](const RunConfig& config, bool watch, bool in_new_file) {
            if (!make_place(in_new_file))
                return; // the form stays as it was filled in
            dialog->done(QDialog::Accepted);
            session_.observe(config, watch);
        });
    connect(dialog, &ObserveDialog::import_requested, this,
        [this, dialog](const QString& from, const QString& name, int edges, bool in_new_file) {
            if (!make_place(in_new_file))
                return;
            dialog->done(QDialog::Accepted);
            imports_.import({ from }, name, edges);
        });
    dialog->use_series(series);
    if (!task.isEmpty())
        dialog->use_task(task.toStdString());
    dialog->open();
}

bool ObserveCommands::make_place(bool in_new_file)
{
    banner_.hide();
    if (remote_.takes_runs() && !in_new_file)
        return true;
    if (!session_.file().isEmpty())
        actions_.new_experiment->trigger(); // asks where a run is in training
    return session_.file().isEmpty();
}

} // namespace circuitloom::ui
