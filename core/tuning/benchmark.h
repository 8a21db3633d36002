#pragma once

#include "core/run/run_config.h"

#include <cstdint>

namespace circuitloom {

/// Medians over the rounds of one comparison; times in milliseconds.
struct StepTimes
{
    double plain_ms = 0; ///< a step of full fine-tuning without any discovery
    double discovering_ms = 0; ///< a circuit-tuning step with its discovery
    double following_ms = 0; ///< one that keeps the circuit of the step before
    double every_step = 0; ///< discovering / plain, round by round: k = 1
    double every_eighth_step = 0; ///< (discovering + 7 following) / 8 / plain: k = 8
    double tunable_share = 0; ///< of the parameters, mean over the rounds
    double discovery_ms = 0; ///< scoring every edge of one batch at all positions, by eap
    std::int64_t edges = 0;
    std::int64_t tokens = 0; ///< of the last batch
    int rounds = 0;
};

/// Times the kinds of step in turn on the same batches, `rounds` times after `warm_up` rounds that
/// are not counted, so that a drifting machine slows all alike. Of `config` counts what decides a
/// step: model, task, graph, top_n, batch, max_tokens, device. Throws InputError.
StepTimes time_steps(const RunConfig& config, int rounds, int warm_up);

/// How fast texts are continued, all at once, greedily: medians over the rounds.
struct GenerationTimes
{
    double seconds = 0;
    double tokens_per_second = 0; ///< of all texts together
    std::int64_t prompt_tokens = 0; ///< of all texts together
    std::int64_t tokens = 0; ///< made, of all texts together
};

/// Continues the first half of each of the task's first `batch` texts by `tokens` tokens, fewer where
/// the model ends a text. Of `config` counts what time_steps() takes but the graph. Throws InputError.
GenerationTimes time_generation(const RunConfig& config, int tokens, int rounds, int warm_up);

} // namespace circuitloom
