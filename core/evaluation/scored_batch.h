#pragma once

#include "core/tasks/encoded_task.h"

#include <torch/types.h>

#include <span>
#include <vector>

namespace circuitloom {

/// Examples of a task as tensors, padded at the end.
struct ScoredBatch
{
    torch::Tensor ids; ///< int64, [batch, position]
    torch::Tensor mask; ///< bool, [batch, position]: true where a token is, false in padding
    /// For each scored target, flattened over examples:
    torch::Tensor row; ///< int64, [target]: index into the flattened [batch · position]
    torch::Tensor target; ///< int64, [target]: token id
    torch::Tensor alternative; ///< int64, [target]: token id
    torch::Tensor weight; ///< [target]: 1 / (batch · targets of its example); sums to 1
    std::int64_t examples = 0;
};

/// Every target must have an alternative. Throws InputError where one has none or `examples` is
/// empty.
ScoredBatch make_batch(
    std::span<const EncodedExample* const> examples, torch::Device device, torch::Dtype dtype);

} // namespace circuitloom
