#pragma once

#include "core/run/run_config.h"
#include "core/store/records.h"

#include <optional>
#include <span>
#include <vector>

namespace circuitloom {

/// Of each run that is wanted, as those of a sweep are: the run of a file that was made with the
/// same settings and the same seed (its name and description decide nothing); nothing where there is
/// none. Of several a finished one, else the latest. What of an interrupted sweep is left to do are
/// those without a run, and those whose run is not settled.
std::vector<std::optional<RunSummary>> runs_made(
    std::span<const RunConfig> wanted, std::span<const RunSummary> there);

/// Nothing is left to do of the run: it finished, or it diverged, as it would again.
bool is_settled(const RunSummary& run);

} // namespace circuitloom
