#pragma once

#include "core/run/time_left.h"

#include <chrono>
#include <string>

namespace circuitloom {

/// The progress of something long, on stderr: one line that is redrawn where a person watches, a
/// line every few seconds where the output goes to a file.
class ProgressLine
{
public:
    ProgressLine();
    /// Ends the line.
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// `done` of `total` with the time still to go, which is reckoned from the first call on
    /// for this piece of work. Returns at once where the last line is still fresh.
    void show(const std::string& what, int done, int total, const std::string& extra = {});
    /// A line that stays.
    void note(const std::string& line);
    /// Ends the line; what is shown after it begins a new one.
    void finish();

private:
    using Clock = std::chrono::steady_clock;

    void draw(const std::string& line);

    bool terminal_;
    bool drawn_ = false; ///< an unfinished line is on the terminal
    TimeLeft time_left_;
    Clock::time_point last_;
};

/// As in "tuning  46 of 100 (46 %)  31.0 steps/s  2 s left".
std::string progress_text(
    const std::string& what, int done, int total, const std::string& extra, double seconds_left);

} // namespace circuitloom
