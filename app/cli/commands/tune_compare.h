#pragma once

#include "app/cli/commands/tuning_progress.h"
#include "core/store/experiment_reader.h"

#include <nlohmann/json_fwd.hpp>

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
    std::string failure; ///< "diverged" or "failed" where it did not reach its end, else empty
};

/// A method that is compared.
struct ComparedMethod
{
    RunConfig config;
    bool diverges = false; ///< as its trials did, whatever their learning rate: it is not run
};

/// Circuit-tuning first, then those named, each once. Throws InputError for an unknown one.
std::vector<TuningMethod> compared_methods(const std::vector<std::string>& names);

/// Runs each of `methods` with the seeds s, s + 1, …, s being the configuration's, into `file`. With
/// the same seed every method sees the same data in the same order. A run that fails is told and
/// followed by the next, unless it fails by what the others would meet too: InputError,
/// ResourceError and Cancelled are thrown. Empty where `stop` ended it.
std::optional<std::vector<ComparedRun>> compare_methods(
    const std::vector<ComparedMethod>& methods, int seeds, const std::filesystem::path& file,
    TuningProgress& progress, std::stop_token stop);

/// A column for each method: mean ± standard deviation over the seeds whose runs reached their end.
std::string comparison_table(const ExperimentReader& reader, const std::vector<ComparedRun>& runs);
/// The same as JSON, with every run's own value, and with the runs that failed.
nlohmann::ordered_json comparison_json(
    const ExperimentReader& reader, const std::vector<ComparedRun>& runs);
/// Task gained against capabilities kept, at the end and when the task was first learnt, as an SVG.
/// Throws InputError where no run has both.
std::string comparison_picture(
    const ExperimentReader& reader, const std::vector<ComparedRun>& runs);

} // namespace circuitloom
