#pragma once

#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"
#include "core/tuning/run_drift.h"

#include <vector>

namespace circuitloom {

/// How far the parameters of each head, shared key/value head, MLP and neuron group moved from
/// `before` to `after`, two states of one model: those that the node opens as either end of an edge
/// (algorithm.md, section 4), but for the biases that belong to no node alone, b_O and, where MLPs
/// are in groups, b_out. Every node of the full graph of `graph`'s shape and groups.
std::vector<NodeDrift> node_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after);

/// Of all parameters together.
ParameterDrift whole_drift(const Transformer& before, const Transformer& after);

} // namespace circuitloom
