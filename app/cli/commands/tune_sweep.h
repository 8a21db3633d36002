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

/// Makes the runs in turn, in `file`. One that is there already and finished is left alone; one that
/// was stopped or interrupted goes on from its last checkpoint. Empty where `stop` ended it, else
/// the runs in the sweep's order.
std::optional<std::vector<RunId>> run_sweep(std::span<const SweepRun> runs,
    const std::filesystem::path& file, TuningProgress& progress, std::stop_token stop);

} // namespace circuitloom
