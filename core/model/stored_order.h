#pragma once

#include "core/model/weight_layout.h"

#include <torch/types.h>

namespace circuitloom {

/// The part of our tensor that a stored one fills, seen in the order in which the checkpoint has
/// it; shares memory. Where that order is not the one of two dimensions, the result has more, with
/// the heads first. `interleaved_heads` is the stored tensor's own (TensorView).
torch::Tensor in_stored_order(const torch::Tensor& tensor, const StoredTensor& stored,
    const ModelConfig& config, int interleaved_heads = 0);

} // namespace circuitloom
