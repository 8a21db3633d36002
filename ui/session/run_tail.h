#pragma once

#include "ui/session/file_reader.h"
#include "ui/session/run_history.h"

#include <functional>
#include <map>
#include <vector>

namespace circuitloom::ui {

/// Reads what was written to runs of the open file since their histories were read.
///
/// For the window's thread; nothing waits. However often a bell is rung for a run, one reading of
/// it is under way at a time, and one more follows where the bell rang meanwhile.
class RunTail
{
public:
    using Continuation = std::function<void()>;

    struct Listener
    {
        /// How far the run's history has come.
        std::function<HistoryPosition(RunId)> position;
        std::function<void(RunId, const RunNews&)> news;
        FileReader::Failure failed;
    };

    /// `reader` must outlive it.
    RunTail(FileReader& reader, Listener listener);

    /// `then` runs once all that was written before this call has been given to the listener, or
    /// could not be read.
    void read(RunId run, Continuation then);
    /// Another file, or none. What was to follow readings of the one before is returned.
    std::vector<Continuation> follow(OpenFile file);
    bool reading() const { return !requests_.empty(); }

private:
    struct Request
    {
        std::vector<Continuation> then;
        bool again = false; ///< there may be more since it was asked for
        std::vector<Continuation> then_again;
    };

    void request(RunId run);
    void finish(RunId run);

    FileReader& reader_;
    Listener listener_;
    OpenFile file_;
    std::map<RunId, Request> requests_;
};

} // namespace circuitloom::ui
