#pragma once

#include "core/distributed/ranks.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <cstddef>
#include <functional>
#include <vector>

namespace circuitloom {

/// What the processes of a run tell one another in a step. All call these in the same order, and get
/// the same bits. A process alone is left with what it has. Throws as Ranks does.

/// The figures, [loss, metric] in float64, with those of the other processes added.
torch::Tensor add_figures(const Ranks& ranks, const torch::Tensor& figures);

/// Fills `gradients`, of this process's part of the batch, up to one for each slice of `mask`, which
/// points into `tensors`, and adds those of the others. Beside what it is given it holds one copy
/// more at a time, in main memory where the tensors are on a card; of bfloat16 three.
void add_gradients(const Ranks& ranks, const ParameterMask& mask,
    const std::vector<torch::Tensor*>& tensors, std::vector<torch::Tensor>& gradients);

/// Whether the `count` tensors of all processes are the same bits; `tensor` gives one of them.
bool have_equal_bits(const Ranks& ranks, std::size_t count,
    const std::function<torch::Tensor(std::size_t index)>& tensor);

} // namespace circuitloom
