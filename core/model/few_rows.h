#pragma once

#include <torch/types.h>

namespace circuitloom {

/// `rows` [row, in] times `weight` [in, out], or a matrix that is stored as its transpose, by
/// oneDNN: [row, out]. Debian's OpenBLAS copies the whole weight for every product, which for the
/// few rows of a batch's next tokens takes as long as multiplying. Undefined where LibTorch's own
/// product is as good or this one does not apply: many rows, a small matrix, not float32 on the
/// processor, or a program built without oneDNN (LibTorch from PyPI has MKL). Records no gradient.
torch::Tensor few_rows_product(const torch::Tensor& rows, const torch::Tensor& weight);

} // namespace circuitloom
