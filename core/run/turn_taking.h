#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>

namespace circuitloom {

/// Lets a run and the answering of questions compute by turns, never at once, so that neither
/// takes cores or memory from the other's arithmetic, and gives questions a share of the time.
///
/// A waiting question gets its turn between two steps if what questions used before has been
/// worked off: after t of theirs, the run has t (1 - share) / share to itself. So a short question
/// is answered at once, and in the long run questions take their share. While no run computes (none
/// is there, or it is paused), questions have all the time.
///
/// Every call is safe from any thread. The run's calls come from one thread, those of the questions
/// from another.
class TurnTaking
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// `share` of the time is for questions; between 0 and 1.
    explicit TurnTaking(Clock clock = std::chrono::steady_clock::now, double share = 0.1);

    /// Before a run computes, and when it goes on after a pause: waits for the turn.
    void begin_run();
    /// Between two steps or batches: a question that waits may have a turn now, for which this
    /// waits.
    void between_steps();
    /// After a run, and when it is paused.
    void end_run();

    /// Before an answer is computed: waits for the turn. False where `stop` was requested first;
    /// there is no turn then.
    bool begin_answer(std::stop_token stop);
    /// While it is computed, often: gives the turn back where it has lasted long enough and a run
    /// wants it, and waits for the next. False as in begin_answer().
    bool continue_answer(std::stop_token stop);
    void end_answer();

private:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    bool take_for_answer(std::unique_lock<std::mutex>& lock, std::stop_token stop);
    void give_back_answer();

    Clock clock_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    double share_;
    bool run_there_ = false; ///< a run computes or waits for its turn
    bool run_computes_ = false;
    bool answer_waits_ = false;
    bool answer_computes_ = false;
    Time answer_since_{}; ///< when the turn under way began
    Time run_until_{}; ///< what questions used is worked off then
};

} // namespace circuitloom
