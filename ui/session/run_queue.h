#pragma once

#include "core/base/ids.h"
#include "core/run/run_config.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// A run that waits for those before it.
struct QueuedRun
{
    int ticket = 0; ///< from 1; no two runs ever have the same
    RunConfig config;
    std::optional<RunId> goes_on; ///< a run of the file that was left before its end
    bool of_sweep = false; ///< left before its end, it goes on when the queue does
    int processes = 1; ///< that share it
    bool observes = false; ///< checkpoints that others trained, of the series that is its model
    bool watches = false; ///< and waits for further ones
    QString note; ///< its file in WaitingRuns; empty where it could not be written
};

/// Runs that wait, first come, first served.
class RunQueue
{
public:
    /// Gives it the next ticket.
    void add(QueuedRun run)
    {
        run.ticket = ++last_ticket_;
        waiting_.push_back(std::move(run));
    }
    /// It comes next, with a new ticket.
    void put_back(QueuedRun run)
    {
        run.ticket = ++last_ticket_;
        waiting_.insert(waiting_.begin(), std::move(run));
    }
    /// The next one, which waits no longer.
    std::optional<QueuedRun> take()
    {
        if (waiting_.empty())
            return std::nullopt;
        QueuedRun next = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        return next;
    }
    template <class Unwanted>
    void remove(Unwanted&& unwanted)
    {
        std::erase_if(waiting_, unwanted);
    }
    /// What waits with that ticket goes on with a run.
    void go_on_with(int ticket, RunId run)
    {
        for (QueuedRun& one : waiting_)
            if (one.ticket == ticket)
                one.goes_on = run;
    }
    void clear() { waiting_.clear(); }
    const std::vector<QueuedRun>& waiting() const { return waiting_; }

private:
    std::vector<QueuedRun> waiting_;
    int last_ticket_ = 0;
};

} // namespace circuitloom::ui
