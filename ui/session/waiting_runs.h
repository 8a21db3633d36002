#pragma once

#include "ui/session/run_queue.h"

#include <QString>
#include <QStringList>

#include <span>
#include <vector>

namespace circuitloom::ui {

/// The runs that wait, each as a note in the application's own folder, so that they are there again
/// when their experiment is opened, whatever ended the program. A note is written whole or not at
/// all and its content never changed; removing it says that the run waits no longer. That of a run of
/// a sweep stays, under another name, until the run has ended, so that a program that was killed
/// goes on with it.
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
    /// Notes them behind the others of the experiment and sets their `note`. Throws ResourceError.
    void add(const QString& experiment, std::span<QueuedRun> runs) const;
    /// The run of that note has begun: another program does not begin it too. Gives the note's new
    /// name; an empty one where it could not be renamed.
    static QString mark_begun(const QString& note);
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
