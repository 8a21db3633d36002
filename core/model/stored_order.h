#pragma once

#include "core/architecture/weight_layout.h"

#include <torch/types.h>

namespace circuitloom {

/// The part of our tensor that a stored one fills, seen in the order in which the checkpoint has
/// it; shares memory. Where its rows are not in our order, they are spread over several dimensions,
/// with the heads first.
torch::Tensor in_stored_order(
    const torch::Tensor& tensor, const StoredTensor& stored, const ModelConfig& config);

} // namespace circuitloom
