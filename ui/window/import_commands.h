#pragma once

#include "core/run/circuit_import.h"
#include "ui/base/background.h"

#include <QObject>
#include <QPointer>
#include <QProgressDialog>
#include <QStringList>
#include <QWidget>

#include <atomic>
#include <optional>
#include <vector>

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class FileCommands;
class RemoteCommands;
struct WindowActions;

/// File → Import…: circuits that another program found, as files or as a folder of them, become
/// runs of the open experiment, or, where there is none or it is another machine's, of a new
/// unsaved one; the first of them is shown. They are read and written on a thread of their own,
/// with progress and Cancel; what came of it is said in the banner. The destructor waits for the
/// file being read.
class ImportCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent.
    ImportCommands(QWidget& window, ExperimentSession& session, FileCommands& files,
        const RemoteCommands& remote, const WindowActions& actions, ErrorBanner& banner);
    ~ImportCommands() override;

    /// `name`: of the run, where `paths` are one; else, or where it is empty, that of its file or
    /// folder. `edges`: the strongest that are taken of each circuit; nothing: as SeriesOptions has
    /// it.
    void import(const QStringList& paths, const QString& name = {}, std::optional<int> edges = {});

private:
    void ask_files();
    void ask_folder();
    void show_progress(const QString& run, int done, int total);
    void take(const QString& file, const std::vector<ImportedRun>& runs);
    void end();

    QWidget& window_;
    ExperimentSession& session_;
    FileCommands& files_;
    const RemoteCommands& remote_;
    ErrorBanner& banner_;
    QPointer<QProgressDialog> progress_;
    std::atomic<bool> cancelled_ = false;
    bool busy_ = false;
    Background reading_; // last, so that it ends first
};

} // namespace circuitloom::ui
