#pragma once

#include "core/analysis/circuit_filter.h"
#include "core/store/experiment_reader.h"

#include <vector>

namespace circuitloom {

/// The edges that the filter shows in any of a run's iterations from `first` to `last`, both
/// included, those that are strongest over all first. Throws what the reader does.
std::vector<EdgeId> edges_of_run(const ExperimentReader& reader, RunId run, int first, int last,
    const ComputationalGraph& graph, const CircuitFilter& filter);

} // namespace circuitloom
