#pragma once

#include "core/layout/circuit_layout.h"
#include "core/store/experiment_reader.h"

#include <string>

namespace circuitloom {

/// All circuits of a run as one graph with time, in GEXF 1.3, which Gephi plays. Time is the training
/// step: an iteration lasts from its step to the one before the next iteration's.
///
/// Nodes are those of `layout`, a layout of the run's graph, that any circuit touches, with kind, layer
/// and place (y grows upwards); edges join them, with name and kind (q, k, v, mlp, logits). Both say when
/// they are in the circuit; an edge has its score of each of these times as the attribute `score`, and
/// its size as the weight. All circuits are held at once. Throws as ExperimentReader does.
std::string run_to_gexf(
    const ExperimentReader& reader, const RunSummary& run, const CircuitLayout& layout);

} // namespace circuitloom
