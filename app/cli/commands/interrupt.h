#pragma once

#include <stop_token>
#include <thread>

namespace circuitloom {

class RunControl;

/// While it lives, the first Ctrl-C (SIGINT), SIGTERM or SIGHUP (a closed terminal) requests a stop;
/// the second one ends the program at once, as usual. A signal that was ignored before, as nohup
/// has it of SIGHUP, stays so. SIGPIPE is ignored: progress that nobody reads any more ends nothing.
/// What another process sends by sigqueue(), as `circuitloom-cli stream` does, never ends it at once,
/// however often it comes. SIGUSR1 pauses a run and SIGUSR2 resumes it, where a control is given.
/// At most one at a time.
class StopOnInterrupt
{
public:
    /// What is said on stderr when a stop is requested.
    enum class Notice
    {
        told,
        none
    };

    /// `control`, where given, must outlive it.
    explicit StopOnInterrupt(RunControl* control = nullptr, Notice notice = Notice::told);
    ~StopOnInterrupt();
    StopOnInterrupt(const StopOnInterrupt&) = delete;
    StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

    std::stop_token token() const { return source_.get_token(); }

private:
    void look();

    std::stop_source source_;
    RunControl* control_;
    Notice notice_;
    bool told_ = false; ///< of the stop
    bool ignored_pipe_before_ = false;
    std::jthread watcher_;
};

} // namespace circuitloom
