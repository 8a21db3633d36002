#pragma once

#include "core/run/run_config.h"

namespace circuitloom {

/// Medians of one comparison, in milliseconds.
struct StepTimes
{
    double tuning_ms = 0; ///< a circuit-tuning step with its discovery
    double plain_ms = 0; ///< a step of full fine-tuning without any discovery
    double ratio = 0; ///< median of tuning / plain, pair by pair
    int pairs = 0;
};

/// Times the two kinds of step in turn on the same batches, `pairs` times after `warm_up` pairs
/// that are not counted, so that a drifting machine slows both alike. Of `config` counts what
/// decides a step: model, task, graph, top_n, batch, max_tokens, device. Throws InputError.
StepTimes time_steps(const RunConfig& config, int pairs, int warm_up);

} // namespace circuitloom
