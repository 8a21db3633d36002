#pragma once

#include "core/analysis/parameter_drift.h"
#include "core/store/experiment_reader.h"

#include <string>
#include <vector>

namespace circuitloom {

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

/// At the run's latest checkpoint. Reads the model twice. Needs LibTorch, but its header does not.
/// Throws as tuned_model() does.
RunDrift run_drift(const ExperimentReader& reader, RunId run);

} // namespace circuitloom
