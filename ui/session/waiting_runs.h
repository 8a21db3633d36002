#pragma once

#include "ui/session/run_queue.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace circuitloom::ui {

/// The runs that wait, each as a note in the application's own folder, so that they are there again
/// when their experiment is opened, whatever ended the program. A note is written whole or not at
/// all and never changed; removing it is all that says the run waits no longer.
class WaitingRuns
{
public:
    /// `folder` is made with the first note.
    explicit WaitingRuns(const QString& folder);

    struct Found
    {
        std::vector<QueuedRun> runs; ///< without tickets, first come first
        QStringList unreadable; ///< a sentence for each note that is not; it is left where it is
    };
    Found of(const QString& experiment) const;
    /// Notes it behind the others of the experiment and sets `run.note`. Throws ResourceError.
    void add(const QString& experiment, QueuedRun& run) const;
    /// All of `from` wait for `to` then, and what waited for that before does so no more. Throws
    /// ResourceError.
    void move(const QString& from, const QString& to) const;

    /// Nothing waits for an experiment that is about to go.
    void forget(const QString& experiment) const;

private:
    /// Of an experiment's notes.
    QString folder_of(const QString& experiment) const;

    QString folder_;
};

} // namespace circuitloom::ui
