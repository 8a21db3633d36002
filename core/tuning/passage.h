#pragma once

#include "core/model/transformer.h"

namespace circuitloom {

/// The input and the output of one matrix of a block in a forward pass, [batch, position, width].
struct Passage
{
    torch::Tensor input;
    torch::Tensor output;
};

/// The passage through the matrix `part`, or through the one whose bias it is; both tensors are
/// undefined where `part` is neither.
Passage passage_of(const LayerTaps& taps, LayerPart part);

/// [batch, position, width] as [batch · position, width], without a gradient.
torch::Tensor rows_of(const torch::Tensor& x);

} // namespace circuitloom
