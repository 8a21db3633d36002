#pragma once

#include "core/architecture/model_config.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// The tables that attention needs of positions, made once for all layers of a pass.
struct PositionTables
{
    /// Per layer, rotary_tables(); empty where positions are learned.
    std::vector<torch::Tensor> rotations;
    /// Per layer, what is added to the scores, [position, position]: minus infinity where a
    /// position (row) must not look at another (column). Layers of one window share theirs.
    std::vector<torch::Tensor> masks;
};

PositionTables position_tables(
    const ModelConfig& config, std::int64_t positions, const torch::TensorOptions& options);

} // namespace circuitloom
