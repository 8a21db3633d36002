#pragma once

#include "core/model/transformer.h"
#include "core/tuning/masked_optimizer.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <span>
#include <vector>

namespace circuitloom {

/// Holds the block that `tensor` of the model is part of, where the blocks are spread.
HeldBlock block_of(const Transformer& model, const torch::Tensor& tensor);

/// Has `optimizer` keep the weights of the entries of `slices`, which point into `tensors` of the
/// model. Of spread blocks only those that have new ones are brought here, one at a time.
void keep_opened_weights(const Transformer& model, const std::vector<torch::Tensor*>& tensors,
    std::span<const ParameterSlice> slices, MaskedOptimizer& optimizer);

} // namespace circuitloom
