#pragma once

#include "core/analysis/run_dynamics.h"
#include "core/tuning/run_drift.h"

#include <string>

namespace circuitloom {

/// Where the strength runs at a run's start and end, percent of the whole: a matrix as in
/// "12 > 30", or the strongest pairs of layers where that is too wide.
std::string flow_table(const LayerFlow& first, const LayerFlow& last);

/// The edges whose score rises or falls with the steps, the steepest first, under how many there are
/// of them and by chance; nothing but those numbers where there are none.
std::string trends_table(const ComputationalGraph& graph, const RunDynamics& run);

/// When the circuit and each capability moved, the earliest first.
std::string movements_table(const RunDynamics& run);

/// The nodes whose parameters moved farthest.
std::string drift_table(const RunDrift& drift);

} // namespace circuitloom
