#pragma once

#include "app/cli/commands/tuning_progress.h"
#include "core/run/sweep.h"

#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace circuitloom {

/// The lines of a shell that make each run of the sweep alone, in a file of its own beside `file`
/// ("sweep.loom" gives sweep-001.loom, …), for GNU parallel or an array of jobs. `source` is what
/// names the configuration in them: a TOML file, or `--preset NAME` with its settings.
std::string sweep_jobs(const std::vector<std::string>& source, const RunConfig& base,
    std::span<const SweepRun> runs, const std::filesystem::path& file);

/// What came of a sweep.
struct SweepOutcome
{
    std::vector<RunId> made; ///< the finished runs, in the sweep's order
    std::vector<std::string> failed; ///< the names of the others
};

/// Makes the runs in turn, in `file`. One that is there already and finished is left alone, and so
/// is one that diverged, which would again; one that ended before its end otherwise goes on from
/// its last checkpoint. A run that fails is told and followed by the next, unless it fails by what
/// the others would meet too: InputError, ResourceError and Cancelled are thrown. Empty where
/// `stop` ended it.
std::optional<SweepOutcome> run_sweep(std::span<const SweepRun> runs,
    const std::filesystem::path& file, TuningProgress& progress, std::stop_token stop);

} // namespace circuitloom
