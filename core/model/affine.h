#pragma once

#include <torch/types.h>

namespace circuitloom {

/// x [..., in] times `weight` [in, out], plus `bias` [out] where there is one: [..., out]. Where no
/// gradient is recorded, few rows are multiplied as few_rows_product() does.
torch::Tensor affine(
    const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias = {});

} // namespace circuitloom
