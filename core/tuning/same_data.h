#pragma once

#include "core/distributed/ranks.h"
#include "core/tuning/run_preparation.h"

namespace circuitloom {

/// Before Ranks::begin(): throws InputError where this process has not read the same model, examples
/// and suites as the first one.
void require_same_data(const PreparedRun& run, Ranks& ranks);

} // namespace circuitloom
