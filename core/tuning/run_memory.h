#pragma once

#include "core/graph/computational_graph.h"
#include "core/model/model_config.h"
#include "core/run/run_config.h"

#include <torch/types.h>

#include <cstdint>

namespace circuitloom {

/// About what a run holds at most, in bytes; of main memory on a CPU, else of the GPU.
struct RunMemory
{
    std::int64_t weights = 0; ///< with the copies that the method or the metric compares with
    std::int64_t gradients = 0;
    std::int64_t optimizer = 0;
    std::int64_t passes = 0; ///< of one batch: what the backward pass needs, the logits, the scores

    std::int64_t total() const { return weights + gradients + optimizer + passes; }
};

/// For sentences of `positions` tokens. What a circuit opens is not known before: it is taken to be
/// everything in the blocks.
RunMemory run_memory(const RunConfig& config, const ModelConfig& model,
    const ComputationalGraph& graph, torch::Device device, std::int64_t positions);

/// Throws InputError, with the figures and what to lower, where `needed` is more than `available`.
void require_memory(const RunMemory& needed, std::int64_t available, const std::string& device);

} // namespace circuitloom
