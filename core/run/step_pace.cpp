#include "core/run/step_pace.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr int enough = 20; // steps

} // namespace

StepPace::StepPace(int evaluate_every)
    : window_(static_cast<std::size_t>(
        evaluate_every > 0 ? (enough + evaluate_every - 1) / evaluate_every * evaluate_every : enough))
{
}

void StepPace::restart(Time now)
{
    ends_.assign(1, now);
}

double StepPace::step_done(Time now)
{
    ends_.push_back(now);
    if (ends_.size() > window_ + 1)
        ends_.pop_front();
    const double seconds = std::chrono::duration<double>(ends_.back() - ends_.front()).count();
    return static_cast<double>(ends_.size() - 1) / std::max(1e-9, seconds);
}

} // namespace circuitloom
