#pragma once

#include <stop_token>
#include <thread>

namespace circuitloom {

/// While it lives, the first Ctrl-C (SIGINT), SIGTERM or SIGHUP (a closed terminal) requests a stop;
/// the second one ends the program at once, as usual. A signal that was ignored before, as nohup
/// has it of SIGHUP, stays so. SIGPIPE is ignored: progress that nobody reads any more ends nothing.
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

    explicit StopOnInterrupt(Notice notice = Notice::told);
    ~StopOnInterrupt();
    StopOnInterrupt(const StopOnInterrupt&) = delete;
    StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

    std::stop_token token() const { return source_.get_token(); }

private:
    std::stop_source source_;
    bool ignored_pipe_before_ = false;
    std::jthread watcher_;
};

} // namespace circuitloom
