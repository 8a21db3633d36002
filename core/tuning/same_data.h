#pragma once

#include "core/distributed/ranks.h"
#include "core/tuning/run_preparation.h"

namespace circuitloom {

/// Throws InputError, in all processes, where they have not read the same model, examples and
/// suites.
void require_same_data(const PreparedRun& run, const Ranks& ranks);

} // namespace circuitloom
