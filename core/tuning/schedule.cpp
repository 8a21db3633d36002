#include "core/tuning/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace circuitloom {

namespace {

// The share of the way from the end value that is left after `done` of it, 0…1.
double left_after(Schedule schedule, double done)
{
    switch (schedule) {
    case Schedule::constant:
        break;
    case Schedule::linear:
        return 1 - done;
    case Schedule::cosine:
        return 0.5 * (1 + std::cos(std::numbers::pi * done));
    }
    return 1;
}

} // namespace

double learning_rate_at(int step, int steps, const RunConfig& config)
{
    if (step < config.warm_up)
        return config.learning_rate * step / config.warm_up;
    const int peak = std::max(1, config.warm_up);
    const double done
        = static_cast<double>(step - peak) / static_cast<double>(std::max(1, steps - peak + 1));
    return config.learning_rate * left_after(config.rate_schedule, std::clamp(done, 0.0, 1.0));
}

int top_n_at(int discovery, const RunConfig& config)
{
    if (config.top_n_schedule == Schedule::constant || discovery >= config.top_n_iterations)
        return config.selection.n;
    const double done = static_cast<double>(discovery) / config.top_n_iterations;
    const double left = left_after(config.top_n_schedule, done);
    return static_cast<int>(
        std::lround(config.selection.n + left * (config.top_n_start - config.selection.n)));
}

} // namespace circuitloom
