#pragma once

#include "ui/base/background.h"
#include "ui/session/waiting_runs.h"

#include <QObject>
#include <QString>

namespace circuitloom::ui {

/// What can be done with experiments in the application's own folder without opening them.
///
/// For the window's thread; the files are read and written in the background, one after another.
/// The destructor waits for what is being written.
class UnsavedExperiments : public QObject
{
    Q_OBJECT

public:
    /// `folder`: of the application's own; made where it does not exist. `notes`: of runs that wait.
    UnsavedExperiments(const QString& folder, const WaitingRuns& notes, QObject* parent = nullptr);

    /// Moves `from` to `to`, replacing what is there, with the runs that wait for it. Then named()
    /// or failed() comes.
    void name(const QString& from, const QString& to);
    /// Deletes the file and what waits for it. Then deleted() or failed() comes: a file that
    /// somebody trains into stays.
    void remove(const QString& file);
    /// A copy of `resource`, a file that nobody may write to, under `name` in the folder: made where
    /// there is none yet. Then added() or failed() comes.
    void add(const QString& resource, const QString& name);

Q_SIGNALS:
    void named(const QString& from, const QString& to);
    void deleted(const QString& file);
    void added(const QString& file);
    /// A sentence for the user.
    void failed(const QString& sentence);

private:
    std::function<void(const QString&)> tell();

    QString folder_;
    WaitingRuns notes_;
    Background thread_;
};

} // namespace circuitloom::ui
