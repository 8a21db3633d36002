#pragma once

#include "core/graph/parameter_part.h"
#include "core/tuning/parameter_mask.h"

#include <vector>

namespace circuitloom {

/// Where the entries of a part lie. The slices of all parameter_parts() of `graph`, which is of
/// kind `full`, hold every entry of the model once.
std::vector<ParameterSlice> slices_of(const ParameterPart& part, const ComputationalGraph& graph,
    const ModelConfig& config, const Weights& weights);

/// The entries of one of Weights::all() that `slice` names; a view of `tensor`.
inline torch::Tensor cut(const torch::Tensor& tensor, const ParameterSlice& slice)
{
    return tensor.narrow(slice.dimension, slice.start, slice.length);
}

} // namespace circuitloom
