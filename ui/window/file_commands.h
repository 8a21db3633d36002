#pragma once

#include "core/base/ids.h"
#include "ui/session/open_elsewhere.h"
#include "ui/window/recent_files.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class HeaderBar;
class RunCommands;
struct WindowActions;

/// What the File menu does with experiments: it begins, opens and saves them, after asking where a
/// run is in training, and shows which one is open.
class FileCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent, and its title names the file.
    FileCommands(QWidget& window, ExperimentSession& session, RunCommands& runs,
        const WindowActions& actions, HeaderBar& header, ErrorBanner& banner);

    /// Of ssh://host/path/run.loom remote_requested() comes instead, and true.
    /// False where the user keeps the file that is open. The other one is shown once it has been
    /// read; where it cannot be, the banner says why.
    bool open(const QString& file);
    /// The same, and then the run goes on from its last checkpoint.
    bool open_and_go_on(const QString& file, RunId run);
    void save_as(const QString& file);
    /// Asks for the name of a file to save an experiment in, such as `proposed`; empty where the user
    /// does not want to.
    QString ask_file_name(const QString& proposed);
    /// Puts the file at the top of the recent ones.
    void remember(const QString& file) { recent_.remember(file); }
    QStringList recent() const { return recent_.files(); }

Q_SIGNALS:
    void remote_requested(const QString& address);

private:
    void begin_new();
    void ask_open();
    void ask_save();
    /// Stops a run in training, after asking.
    bool leave_file();
    void show_file();
    /// For the open experiment: its own name, or that of the run in one that has none yet.
    QString proposed_name() const;
    void tell_saved(const QString& file, bool copy_only);

    QWidget& window_;
    ExperimentSession& session_;
    RunCommands& runs_;
    const WindowActions& actions_;
    HeaderBar& header_;
    ErrorBanner& banner_;
    OpenElsewhere elsewhere_;
    RecentFiles recent_;
    std::optional<RunId> to_go_on_; ///< once the file that is being opened is shown
};

} // namespace circuitloom::ui
