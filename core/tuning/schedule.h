#pragma once

namespace circuitloom {

/// Linear warm-up: `peak` · step / warm_up until step `warm_up`, then `peak`. Steps count from 1.
double learning_rate_at(int step, double peak, int warm_up);

} // namespace circuitloom
