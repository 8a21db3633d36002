#pragma once

#include "core/analysis/run_dynamics.h"
#include "core/tuning/run_drift.h"

#include <optional>
#include <string>

namespace circuitloom {

/// How one run's circuit changed, in tables of at most 100 columns: a long run in blocks of
/// iterations, its longest-lived edges, where its strength runs, and when what moved; and how far
/// parameters moved, where `drift` says.
std::string dynamics_report(const RunDynamics& run, const std::optional<RunDrift>& drift);
/// Every iteration, every edge that was ever in, and all the rest, as a JSON object.
std::string dynamics_report_json(const RunDynamics& run, const std::optional<RunDrift>& drift);

} // namespace circuitloom
