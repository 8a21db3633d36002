#pragma once

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// Tensors of plain types as one row of bytes, on the device that all are on, and back: so they go
/// to the host in one copy, where each alone would make the device wait.
torch::Tensor packed(const std::vector<torch::Tensor>& tensors);
/// `like` gives shapes and types.
std::vector<torch::Tensor> unpacked(
    const torch::Tensor& bytes, const std::vector<torch::Tensor>& like);

/// The tensors on the CPU, in one copy where they are on a card; as they are where they are not.
std::vector<torch::Tensor> on_host(const std::vector<torch::Tensor>& tensors);

} // namespace circuitloom
