#pragma once

#include "app/cli/commands/tuning_progress.h"
#include "core/store/experiment_reader.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace circuitloom {

/// One run of a comparison, with what its file does not hold.
struct ComparedRun
{
    std::string method;
    std::uint64_t seed = 0;
    RunId run;
    double seconds_per_step = 0;
    std::int64_t peak_bytes = 0; ///< the most main memory that the process held during it
};

/// Runs circuit-tuning and each of `methods` with the seeds s, s + 1, …, s being the
/// configuration's, into `file`. With the same seed every method sees the same data in the same
/// order. Empty where `stop` ended it. Throws InputError for an unknown method.
std::optional<std::vector<ComparedRun>> compare_methods(const RunConfig& config,
    const std::vector<std::string>& methods, int seeds, const std::filesystem::path& file,
    TuningProgress& progress, std::stop_token stop);

/// A column for each method: mean ± standard deviation over the seeds.
std::string comparison_table(const ExperimentReader& reader, const std::vector<ComparedRun>& runs);
/// The same as JSON, with every run's own value.
std::string comparison_json(const ExperimentReader& reader, const std::vector<ComparedRun>& runs);

} // namespace circuitloom
