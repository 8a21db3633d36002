#pragma once

#include "core/analysis/parameter_drift.h"
#include "core/graph/parameter_part.h"
#include "core/model/transformer.h"

#include <vector>

namespace circuitloom {

struct PartDrift
{
    ParameterPart part;
    ParameterDrift drift;
};

/// Adds a tensor at two moments, or a slice of one.
void add_tensor(ParameterDrift& drift, const torch::Tensor& before, const torch::Tensor& after);

/// How far each of parameter_parts() of `graph` moved from `before` to `after`, two states of one
/// model.
std::vector<PartDrift> part_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after);

} // namespace circuitloom
