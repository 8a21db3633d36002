#pragma once

#include "core/analysis/circuit_filter.h"
#include "core/store/experiment_reader.h"

#include <set>
#include <vector>

namespace circuitloom {

/// What a filter shows over several iterations.
struct RunEdges
{
    std::vector<EdgeId> edges; ///< in any of them, those that are strongest over all first
    int most = 0; ///< in one of them
};

/// The edges that the filter shows in any of a run's iterations from `first` to `last`, both
/// included. Throws what the reader does.
RunEdges edges_of_run(const ExperimentReader& reader, RunId run, int first, int last,
    const ComputationalGraph& graph, const CircuitFilter& filter);

/// The same of several runs of one graph, whole, that are shown at once: the strongest of each run,
/// in the runs' order, then the next one of each, and so on, each edge once. So the first of them are
/// strong whichever run they are of. `most` is the runs' together. Throws what the reader does.
RunEdges edges_of_runs(const ExperimentReader& reader, const std::set<RunId>& runs,
    const ComputationalGraph& graph, const CircuitFilter& filter);

} // namespace circuitloom
