#include "core/run/engine.h"

namespace circuitloom {

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

bool RunControl::proceed(std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return !paused_; });
    return !stop.stop_requested();
}

} // namespace circuitloom
