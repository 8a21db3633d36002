#pragma once

#include <torch/types.h>

namespace circuitloom {

/// What sums over many examples are kept in, for numbers of `type`: in 16 bits, one that is 256
/// times as large as what is added would not grow any more.
inline torch::Dtype sum_type(torch::Dtype type)
{
    return type == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
}

} // namespace circuitloom
