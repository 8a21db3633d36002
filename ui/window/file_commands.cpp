#include "ui/window/file_commands.h"

#include "core/remote/remote_address.h"
#include "ui/session/experiment_session.h"
#include "ui/start/sample_experiment.h"
#include "ui/window/error_banner.h"
#include "ui/window/header_bar.h"
#include "ui/window/run_commands.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace circuitloom::ui {

FileCommands::FileCommands(QWidget& window, ExperimentSession& session, RunCommands& runs,
    const WindowActions& actions, HeaderBar& header, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , runs_(runs)
    , actions_(actions)
    , header_(header)
    , banner_(banner)
    , recent_(*actions.recent)
{
    connect(actions_.new_experiment, &QAction::triggered, this, &FileCommands::begin_new);
    connect(actions_.open, &QAction::triggered, this, &FileCommands::ask_open);
    connect(&recent_, &RecentFiles::chosen, this, &FileCommands::open);
    connect(actions_.save_as, &QAction::triggered, this, &FileCommands::ask_save);
    connect(&session_, &ExperimentSession::file_changed, this, &FileCommands::show_file);
    connect(&session_, &ExperimentSession::opened, this, [this](const QString& file) {
        runs_.offer_waiting();
        recent_.remember(file);
        if (const std::optional<RunId> run = std::exchange(to_go_on_, std::nullopt))
            session_.go_on(*run);
    });
    connect(&session_, &ExperimentSession::saved, this, &FileCommands::tell_saved);
    connect(&elsewhere_, &OpenElsewhere::changed, this, &FileCommands::show_file);
    show_file();
}

bool FileCommands::leave_file()
{
    if (!runs_.may_leave())
        return false;
    session_.stop_and_hold();
    return true;
}

void FileCommands::begin_new()
{
    if (leave_file())
        session_.close();
}

bool FileCommands::open(const QString& file)
{
    if (is_remote_address(file.toStdString())) {
        Q_EMIT remote_requested(file);
        return true;
    }
    if (!leave_file())
        return false;
    banner_.hide();
    to_go_on_.reset();
    session_.open(file);
    return true;
}

bool FileCommands::open_and_go_on(const QString& file, RunId run)
{
    const bool opens = open(file);
    if (opens)
        to_go_on_ = run;
    return opens;
}

void FileCommands::save_as(const QString& file)
{
    session_.save_as(file);
}

void FileCommands::ask_open()
{
    const QString file = QFileDialog::getOpenFileName(
        &window_, tr("Open experiment"), {}, tr("Experiments (*.loom);;All files (*)"));
    if (!file.isEmpty())
        open(file);
}

QString FileCommands::proposed_name() const
{
    const RunHistory* run = session_.current();
    const bool sample = is_sample_experiment(session_.file());
    return session_.unsaved() && !sample && run
        ? QString::fromStdString(run->summary.description.name)
        : QFileInfo(session_.file()).completeBaseName();
}

QString FileCommands::ask_file_name(const QString& proposed)
{
    QFileDialog dialog(&window_, tr("Save experiment as"), {}, tr("Experiments (*.loom)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("loom"));
    QString name = proposed;
    dialog.selectFile(name.replace(u'/', u'-') + QStringLiteral(".loom"));
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().constFirst() : QString();
}

void FileCommands::ask_save()
{
    if (const QString file = ask_file_name(proposed_name()); !file.isEmpty())
        save_as(file);
}

void FileCommands::show_file()
{
    QString name;
    if (session_.unsaved())
        name = is_sample_experiment(session_.file())
            ? tr("%1 (unsaved copy)").arg(sample_experiment_title())
            : tr("unsaved experiment");
    else if (!session_.file().isEmpty())
        name = QFileInfo(session_.file()).fileName();
    elsewhere_.watch(session_.file());
    header_.set_file_name(
        elsewhere_.is_open() ? tr("%1 · open in another window too").arg(name) : name);
    window_.setWindowTitle(name.isEmpty() ? tr("Circuitloom") : tr("%1 – Circuitloom").arg(name));
    actions_.save_as->setEnabled(!session_.file().isEmpty());
}

void FileCommands::tell_saved(const QString& file, bool copy_only)
{
    recent_.remember(file);
    if (copy_only)
        banner_.show_notice(tr("A copy was saved to %1. The run goes on in %2.")
                                .arg(QFileInfo(file).fileName(),
                                    session_.unsaved() ? tr("the unsaved experiment")
                                                       : QFileInfo(session_.file()).fileName()));
}

} // namespace circuitloom::ui
