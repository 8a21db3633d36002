#pragma once

#include "core/model/transformer.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// ∂loss/∂(the entries of every slice of `mask`), in that order; undefined where a slice has no
/// influence. One backward pass, which goes no deeper than the mask and only as far as the outputs
/// of the matrices concerned; the gradient of a slice then is the product of just its rows or
/// columns, so that what is frozen costs nothing. Slices outside the blocks are parameters in
/// their own right and must require a gradient. `taps` are those of the pass that gave `loss`; its
/// autograd graph is freed.
std::vector<torch::Tensor> slice_gradients(const torch::Tensor& loss, const ForwardTaps& taps,
    const ParameterMask& mask, Weights& weights);

} // namespace circuitloom
