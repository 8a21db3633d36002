#pragma once

#include "core/model/transformer.h"

namespace circuitloom {

/// What a matrix of a block read and wrote in a pass.
struct Passage
{
    torch::Tensor input;
    torch::Tensor output;
};

/// Of a block's matrix or its bias; undefined for other parts.
Passage passage_of(const LayerTaps& taps, LayerPart part);

/// [batch, position, width] as [batch · position, width], without a gradient.
torch::Tensor rows_of(const torch::Tensor& x);

} // namespace circuitloom
