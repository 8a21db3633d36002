#pragma once

#include "core/architecture/model_config.h"
#include "core/graph/computational_graph.h"

#include <torch/types.h>

#include <cstdint>

namespace circuitloom {

/// How a discovery divides what it may hold beside the model: at most half for the passes, the
/// rest for what is held for all nodes at a time.
struct DiscoveryMemory
{
    int batch = 1; ///< examples of one pass
    std::int64_t scoring = 0; ///< bytes
};

/// For at most `batch` examples of `positions` tokens in numbers of `element` bytes. `bytes` 0
/// stands for half of what the device has free, and on a CPU at most 256 MiB, since more makes it
/// no faster. A pass takes one example at least.
DiscoveryMemory divide_memory(const ModelConfig& config, torch::Device device, std::int64_t bytes,
    int batch, std::int64_t positions, std::int64_t element);

/// The bytes that discover_edges() by `eap` holds at most beside the model, with such a division.
std::int64_t predicted_memory(const ModelConfig& config, const ComputationalGraph& graph,
    const DiscoveryMemory& division, std::int64_t positions, std::int64_t scored_rows,
    std::int64_t element);

} // namespace circuitloom
