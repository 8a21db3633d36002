#pragma once

#include "core/analysis/run_dynamics.h"

#include <string>

namespace circuitloom {

/// How one run's circuit changed, in tables of at most 100 columns: a long run in blocks of
/// iterations, its longest-lived edges, where its strength runs, and when what moved.
std::string dynamics_report(const RunDynamics& run);
/// Every iteration, every edge that was ever in, and all the rest, as a JSON object.
std::string dynamics_report_json(const RunDynamics& run);

} // namespace circuitloom
