#pragma once

#include "core/tuning/run_loop.h"

namespace circuitloom {

/// The circuit of the run's reference task in the model as it is now, scored and chosen as the
/// run's own circuits are (algorithm.md, section 5), at its final N; empty where it has no such
/// task.
Circuit reference_circuit(PreparedRun& run);

} // namespace circuitloom
