#pragma once

#include "core/run/run_config.h"

namespace circuitloom {

/// The learning rate of step `step`, from 1, of `steps`: linear warm-up, `learning_rate` ·
/// step / warm_up until step `warm_up`, then as `rate_schedule` says. A falling rate would reach 0
/// one step after the last, so that no step is wasted.
double learning_rate_at(int step, int steps, const RunConfig& config);

/// N of discovery `discovery`, from 0: from `top_n_start` at the first to `selection.n` at
/// `top_n_iterations` and after it.
int top_n_at(int discovery, const RunConfig& config);

} // namespace circuitloom
