#pragma once

#include <chrono>
#include <deque>

namespace circuitloom {

/// How fast a run goes, with all that lies between its steps (discoveries, evaluations, the file),
/// so that what is left can be told from it.
class StepPace
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// `evaluate_every`: steps between evaluations, 0 for none. The pace is taken over whole such
    /// periods where there were enough steps, so that it does not rise and fall with each of them.
    explicit StepPace(int evaluate_every);
    /// The run begins, or goes on after a pause, which does not count.
    void restart(Time now);
    /// A step and what belonged to it is done. Returns the steps in a second.
    double step_done(Time now);

private:
    std::size_t window_; // steps
    std::deque<Time> ends_; // of the latest steps, after the time at which the first of them began
};

} // namespace circuitloom
