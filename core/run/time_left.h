#pragma once

#include <chrono>
#include <string>

namespace circuitloom {

/// How long a piece of work still takes, by how long its parts took since it was first asked about.
/// Another piece begins where it has another name, or less done than the one before.
class TimeLeft
{
public:
    using Clock = std::chrono::steady_clock;

    /// Seconds; below 0 where nothing was done yet since the beginning.
    double seconds(const std::string& what, int done, int total, Clock::time_point now);

private:
    bool begins(const std::string& what, int done) const;

    std::string what_;
    int first_done_ = 0;
    int last_done_ = -1; ///< below 0: nothing was asked yet
    Clock::time_point start_;
};

} // namespace circuitloom
