#include "ui/window/remote_commands.h"

#include "core/base/error.h"
#include "core/remote/remote_address.h"
#include "core/store/mirror_table.h"
#include "ui/base/background.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_commands.h"
#include "ui/window/header_bar.h"
#include "ui/window/remote_dialog.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QFileInfo>
#include <QSettings>

#include <optional>

namespace circuitloom::ui {

namespace {

const QString recent_key = QStringLiteral("recentRemotes");
constexpr int most_addresses = 10;

void remember(const QString& address)
{
    QSettings settings;
    QStringList all = settings.value(recent_key).toStringList();
    all.removeAll(address);
    all.prepend(address);
    settings.setValue(recent_key, all.mid(0, most_addresses));
}

} // namespace

RemoteCommands::RemoteCommands(QWidget& window, ExperimentSession& session, FileCommands& files,
    const WindowActions& actions, HeaderBar& header, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , files_(files)
    , header_(header)
    , banner_(banner)
    , remote_(QFileInfo(session.folder()).path() + QStringLiteral("/mirrors"))
{
    connect(&files_, &FileCommands::remote_requested, this, &RemoteCommands::open);
    connect(actions.open_remote, &QAction::triggered, this, &RemoteCommands::ask);
    connect(&session_, &ExperimentSession::opened, this, &RemoteCommands::attach);
    connect(&session_, &ExperimentSession::file_changed, this, [this] {
        if (!remote_.mirror().isEmpty() && session_.file() != remote_.mirror())
            remote_.leave();
    });
    connect(&remote_, &RemoteFile::ready, this, &RemoteCommands::show_mirror);
    connect(&remote_, &RemoteFile::status_changed, this, &RemoteCommands::show_status);
    connect(&remote_, &RemoteFile::noticed, this,
        [this](const QString& sentence) { banner_.show_notice(sentence); });
    connect(&remote_, &RemoteFile::failed, this,
        [this](const QString& sentence, const QString& mirror) {
            banner_.show_error(sentence);
            if (session_.file() != mirror) // another one may still be open
                attach(session_.file());
        });
}

QStringList RemoteCommands::recent()
{
    return QSettings().value(recent_key).toStringList();
}

void RemoteCommands::open(const QString& address)
{
    try {
        banner_.hide();
        remote_.follow(
            QString::fromStdString(text_of(parse_remote_address(address.toStdString()))));
    } catch (const Error& why) {
        banner_.show_error(QString::fromUtf8(why.what()));
    }
}

void RemoteCommands::show_mirror(const QString& mirror, bool anew)
{
    remember(remote_.address());
    if ((!anew && session_.file() == mirror) || files_.open(mirror))
        return;
    remote_.leave(); // the user keeps what is open
    attach(session_.file());
}

bool RemoteCommands::takes_runs() const
{
    return !session_.file().isEmpty() && session_.file() != remote_.mirror();
}

bool RemoteCommands::trains_there(RunId run) const
{
    return remote_.connected() && session_.file() == remote_.mirror()
        && session_.trained_elsewhere(run);
}

void RemoteCommands::ask()
{
    auto* dialog = new RemoteDialog(recent(), &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { open(dialog->address()); });
    dialog->open();
}

// A mirror that was opened as a file is followed again.
void RemoteCommands::attach(const QString& file)
{
    if (file.isEmpty() || remote_.mirror() == file)
        return;
    in_background(
        this, [path = path_of(file)] { return mirror_origin(path); },
        [this, file](const std::optional<std::string>& origin) {
            if (!origin || session_.file() != file || remote_.mirror() == file)
                return;
            try {
                remote_.follow(QString::fromStdString(*origin), file);
            } catch (const Error&) { // a file from elsewhere may say anything
            }
        },
        [](const QString&) {});
}

void RemoteCommands::show_status()
{
    header_.set_source(remote_.status());
}

} // namespace circuitloom::ui
