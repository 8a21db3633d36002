#pragma once

#include "core/architecture/model_config.h"

#include <cstdint>

namespace circuitloom {

/// Where a run computes blocks anew in the backward pass (RunConfig::recompute_blocks): how many of a
/// batch's `examples` are scored in one pass, at least 1. Such a pass keeps the numbers of all blocks,
/// and training on the batch those of one block at a time, so with a part of 1 / layers of the
/// examples they are as many.
std::int64_t examples_scored_anew(const ModelConfig& config, std::int64_t examples);

} // namespace circuitloom
