#include "core/run/engine.h"

#include "core/run/turn_taking.h"

namespace circuitloom {

RunControl::RunControl(TurnTaking* turns)
    : turns_(turns)
{
}

void RunControl::pause()
{
    const std::lock_guard lock(mutex_);
    paused_ = true;
}

void RunControl::resume()
{
    {
        const std::lock_guard lock(mutex_);
        paused_ = false;
    }
    changed_.notify_all();
}

bool RunControl::paused() const
{
    const std::lock_guard lock(mutex_);
    return paused_;
}

void RunControl::let_questions_compute()
{
    if (turns_)
        turns_->between_steps();
}

void RunControl::rest(std::stop_token stop, std::chrono::milliseconds time)
{
    if (turns_)
        turns_->end_run();
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, time, [] { return false; });
    }
    if (turns_)
        turns_->begin_run();
}

bool RunControl::proceed(std::stop_token stop)
{
    if (!paused()) {
        let_questions_compute();
        return !stop.stop_requested();
    }
    if (turns_)
        turns_->end_run();
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [this] { return !paused_; });
    }
    if (turns_)
        turns_->begin_run();
    return !stop.stop_requested();
}

} // namespace circuitloom
