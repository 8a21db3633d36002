#pragma once

#include "core/architecture/model_config.h"
#include "core/run/run_config.h"

#include <cstdint>

namespace circuitloom {

/// What a run of several processes does with RunConfig::shard_blocks: block l of the model is kept by
/// process l mod n alone.

/// Whether a run by so many processes does. One that goes on in a single process has all blocks there.
bool shards_blocks(const RunConfig& config, int processes);

/// Throws InputError where a new run by so many processes is to do it and cannot.
void require_processes(const RunConfig& config, int processes);

/// Whether the configuration could have it, with RunConfig::recompute_blocks.
bool may_shard_blocks(const RunConfig& config);

/// Weights that a process holds of a model with so many `parameters`, `outside` of them outside the
/// blocks: all of these, the most blocks that any keeps, and room for two that others keep.
std::int64_t held_parameters(const RunConfig& config, const ModelConfig& model,
    std::int64_t parameters, std::int64_t outside, int processes);

} // namespace circuitloom
