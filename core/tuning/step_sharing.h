#pragma once

#include "core/distributed/ranks.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// What the processes of a run tell one another in a step. All call these in the same order, and get
/// the same bits. A process alone is left with what it has. Throws as Ranks does.

/// Adds to the figures those of the other processes. Throws Error where the loss then is not finite.
void add_figures(const Ranks& ranks, double& loss, double& metric);

/// Fills `gradients`, of this process's part of the batch, up to one for each slice of `mask`, which
/// points into `tensors`, and adds those of the others. Beside what it is given it holds one copy
/// more at a time, in main memory where the tensors are on a card; of bfloat16 three.
void add_gradients(const Ranks& ranks, const ParameterMask& mask,
    const std::vector<torch::Tensor*>& tensors, std::vector<torch::Tensor>& gradients);

/// Whether the tensors of all processes are the same bits.
bool have_equal_bits(const Ranks& ranks, const std::vector<torch::Tensor*>& tensors);

} // namespace circuitloom
