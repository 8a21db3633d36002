#pragma once

#include "core/tuning/run_preparation.h"

#include <functional>

namespace circuitloom {

/// The circuit of the run's reference task in the model as it is now, scored and chosen as the
/// run's own circuits are (algorithm.md, section 5), at its final N; empty where it has no such
/// task. Batches are of run.batch / `parts` examples. `after_batch` may throw, which ends it.
Circuit reference_circuit(
    PreparedRun& run, const std::function<void()>& after_batch, int parts = 1);

} // namespace circuitloom
