#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace circuitloom {

/// Which `count` entries (from 0 to all of them) of several tensors have the largest scores, among
/// all tensors together: bool, one tensor for each, [its entries]. Of equal scores those come first
/// that stand first. `scores` are float32 or float64, all of one type, finite and not negative, of
/// any shape and on any device. It needs no copy of all scores. Throws Error where a score is not
/// finite.
std::vector<torch::Tensor> largest_entries(
    const std::vector<torch::Tensor>& scores, std::int64_t count);

} // namespace circuitloom
