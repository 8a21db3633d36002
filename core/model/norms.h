#pragma once

#include <torch/types.h>

namespace circuitloom {

/// bfloat16 as float32, in which every library accumulates; others as they are.
torch::Tensor widened(const torch::Tensor& x);
/// 1 / scale of an RMS norm over the last dimension, which stays as 1. `x` is float32 or wider.
torch::Tensor inverse_rms(const torch::Tensor& x, double epsilon);
/// The RMS norm of x over its last dimension, times `multiplier`. Where that is wider than x, the
/// product is rounded, not its factors.
torch::Tensor rms_norm(const torch::Tensor& x, const torch::Tensor& multiplier, double epsilon);

} // namespace circuitloom
