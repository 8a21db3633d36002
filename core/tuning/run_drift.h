#pragma once

#include "core/analysis/parameter_drift.h"
#include "core/store/experiment_reader.h"

#include <string>
#include <vector>

namespace circuitloom {

class Transformer;

struct NodeDrift
{
    std::string node; ///< as Components names it
    ParameterDrift drift;
};

/// How far a run had moved its model's parameters.
struct RunDrift
{
    CheckpointRecord checkpoint; ///< the one that was compared with the untouched model
    ParameterDrift whole; ///< all parameters together
    std::vector<NodeDrift> nodes; ///< the one that moved farthest first
};

/// How far the parameters of each head, shared key/value head, MLP and neuron group moved from
/// `before` to `after`, two states of one model: those that the node opens as either end of an edge
/// (algorithm.md, section 4), but for the biases that belong to no node alone, b_O and, where MLPs
/// are in groups, b_out. Every node of the full graph of `graph`'s shape and groups.
std::vector<NodeDrift> node_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after);

/// The drift of all parameters together.
ParameterDrift whole_drift(const Transformer& before, const Transformer& after);

/// The drift at the run's latest checkpoint. Reads the model twice. Needs LibTorch, but its header
/// does not. Throws as tuned_model() does.
RunDrift run_drift(const ExperimentReader& reader, RunId run);

} // namespace circuitloom
