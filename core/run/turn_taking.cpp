#include "core/run/turn_taking.h"

#include <utility>

namespace circuitloom {

namespace {

// Long enough for most answers, short enough for a run to go on without a pause that is seen.
constexpr std::chrono::milliseconds turn_of_an_answer{ 20 };

} // namespace

TurnTaking::TurnTaking(Clock clock, double share)
    : clock_(std::move(clock))
    , share_(share)
{
}

void TurnTaking::begin_run()
{
    std::unique_lock lock(mutex_);
    run_there_ = true;
    answer_since_ = clock_(); // what a question used while no run was there costs nothing
    changed_.wait(lock, [this] { return !answer_computes_; });
    run_computes_ = true;
}

void TurnTaking::between_steps()
{
    std::unique_lock lock(mutex_);
    if (!answer_waits_ || clock_() < run_until_)
        return;
    run_computes_ = false;
    changed_.notify_all();
    // The question that waited takes the turn; when it gives it back, it is the run's.
    changed_.wait(
        lock, [this] { return !answer_computes_ && (!answer_waits_ || clock_() < run_until_); });
    run_computes_ = true;
}

void TurnTaking::end_run()
{
    const std::lock_guard lock(mutex_);
    run_there_ = false;
    run_computes_ = false;
    changed_.notify_all();
}

bool TurnTaking::take_for_answer(std::unique_lock<std::mutex>& lock, std::stop_token stop)
{
    answer_waits_ = true;
    changed_.notify_all();
    const bool taken = changed_.wait(
        lock, stop, [this] { return !run_computes_ && (!run_there_ || clock_() >= run_until_); });
    answer_waits_ = false;
    if (!taken || stop.stop_requested()) {
        changed_.notify_all();
        return false;
    }
    answer_computes_ = true;
    answer_since_ = clock_();
    return true;
}

void TurnTaking::give_back_answer()
{
    if (!answer_computes_)
        return;
    answer_computes_ = false;
    const Time now = clock_();
    if (run_there_) {
        const auto used = std::chrono::duration<double>(now - answer_since_);
        run_until_ = now + std::chrono::duration_cast<Duration>(used * ((1 - share_) / share_));
    }
    changed_.notify_all();
}

bool TurnTaking::begin_answer(std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    return take_for_answer(lock, std::move(stop));
}

bool TurnTaking::continue_answer(std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    if (stop.stop_requested()) {
        give_back_answer();
        return false;
    }
    if (!answer_computes_ || !run_there_ || clock_() - answer_since_ < turn_of_an_answer)
        return answer_computes_;
    give_back_answer();
    return take_for_answer(lock, std::move(stop));
}

void TurnTaking::end_answer()
{
    const std::lock_guard lock(mutex_);
    give_back_answer();
}

} // namespace circuitloom
