#pragma once

#include "ui/base/background.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class FileCommands;
class ImportCommands;
class ObserveCommands;
class RunCommands;

/// What files that were dropped, or named to the program, are for, by their names, what they begin
/// with and, of a folder, the names in it.
struct DroppedFiles
{
    QStringList experiments;
    QStringList circuits; ///< folders with a file of graph JSON for each step, such files, and logs
    QString series; ///< a folder of checkpoint-N folders, or a list of checkpoints in TOML
    QString model; ///< another folder, or a GGUF file
    QString task;
    QString configuration; ///< a run's, as TOML
    QStringList others; ///< as the user knows them: of no use here, or one too many of its kind

    bool for_a_run() const
    {
        return !model.isEmpty() || !task.isEmpty() || !configuration.isEmpty();
    }
};
/// Looks into the files; on any thread.
DroppedFiles sorted_files(const QList<QUrl>& dropped);

/// Files that are dropped onto the window: an experiment is opened, a model, a task file or a
/// configuration fills in a new run, a series of checkpoints or of circuits is observed, other
/// circuits are imported. What is of no use is said in the banner.
class FileDrops : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    FileDrops(QWidget& window, FileCommands& files, RunCommands& runs, ImportCommands& imports,
        ObserveCommands& observing, ErrorBanner& banner);

    /// As if they had been dropped. Returns at once.
    void take_files(const QList<QUrl>& files);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const DroppedFiles& files);
    void begin_run(const DroppedFiles& files);
    /// A task that was dropped with the series is what its checkpoints are asked.
    void observe(const QString& series, const DroppedFiles& files, QStringList& unused);

    FileCommands& files_;
    RunCommands& runs_;
    ImportCommands& imports_;
    ObserveCommands& observing_;
    ErrorBanner& banner_;
    Background reading_;
};

} // namespace circuitloom::ui
