#pragma once

#include "ui/session/remote_file.h"

#include <QObject>
#include <QString>
#include <QStringList>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class FileCommands;
class HeaderBar;
struct WindowActions;

/// Opens files on other machines: asks which, has the mirror followed, opens it once there is
/// something to show, and says at the top how the line is. A mirror that is opened as a file is
/// followed too; whatever else is opened ends that.
class RemoteCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialog's parent.
    RemoteCommands(QWidget& window, ExperimentSession& session, FileCommands& files,
        const WindowActions& actions, HeaderBar& header, ErrorBanner& banner);

    /// `address` as in ssh://host/path/run.loom; where it is none, the banner says so. It is shown,
    /// and remembered, once there is something to show.
    void open(const QString& address);
    RemoteFile& remote() { return remote_; }
    /// Runs of this computer may come into the open file. There is none, or it is a mirror, where
    /// they may not.
    bool takes_runs() const;
    /// The run of the open file goes on at a host that can be told to pause or stop it.
    bool trains_there(RunId run) const;

    /// The addresses that were opened last, newest first.
    static QStringList recent();

private:
    void ask();
    void attach(const QString& file);
    void show_mirror(const QString& mirror, bool anew);
    void show_status();

    QWidget& window_;
    ExperimentSession& session_;
    FileCommands& files_;
    HeaderBar& header_;
    ErrorBanner& banner_;
    RemoteFile remote_;
};

} // namespace circuitloom::ui
