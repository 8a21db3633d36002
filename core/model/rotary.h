#pragma once

#include "core/architecture/model_config.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// cos and sin of the rotary angles of every layer in a text of `positions` tokens, each
/// [2, position, turned_dim / 2] and multiplied by the scaling's attention factor
/// (arXiv 2104.09864, eq. 34); undefined for layers that turn nothing. Layers that turn alike share
/// theirs.
std::vector<torch::Tensor> rotary_tables(
    const ModelConfig& config, std::int64_t positions, const torch::TensorOptions& options);

/// Turns the pairs of coordinates of x, [batch, head, position, dim], and leaves those after the
/// turned ones: pairs (i, i + turned_dim / 2), or where `neighbours` (2i, 2i + 1).
torch::Tensor rotate(const torch::Tensor& x, const torch::Tensor& table, bool neighbours);

} // namespace circuitloom
