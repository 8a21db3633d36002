#pragma once

#include "core/base/ids.h"
#include "core/run/run_config.h"

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// A run that waits for those before it.
struct QueuedRun
{
    int ticket = 0; ///< from 1; no two runs ever have the same
    RunConfig config;
    std::optional<RunId> goes_on; ///< a run of the file that was left before its end
};

/// Runs that wait, first come, first served.
class RunQueue
{
public:
    void add(const RunConfig& config, std::optional<RunId> goes_on = {})
    {
        waiting_.push_back({ ++last_ticket_, config, goes_on });
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
    void remove(int ticket)
    {
        std::erase_if(waiting_, [ticket](const QueuedRun& run) { return run.ticket == ticket; });
    }
    void remove_run(RunId id)
    {
        std::erase_if(waiting_, [id](const QueuedRun& run) { return run.goes_on == id; });
    }
    void clear() { waiting_.clear(); }
    const std::vector<QueuedRun>& waiting() const { return waiting_; }

private:
    std::vector<QueuedRun> waiting_;
    int last_ticket_ = 0;
};

} // namespace circuitloom::ui
