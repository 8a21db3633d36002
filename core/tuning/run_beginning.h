#pragma once

#include "core/graph/circuit.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/run_output.h"
#include "core/tuning/run_preparation.h"

#include <filesystem>
#include <optional>

namespace circuitloom {

/// Where the results of a run go, and what it goes on from. One made by default belongs to a process
/// that takes part in the run of the first one, and knows no file.
struct RunBeginning
{
    RunOutput output;
    std::optional<StoredCheckpoint> from; ///< nothing where the run begins anew
    Circuit previous; ///< of the iteration before the next one
};

/// A new run of `file`. Opening the file may take long: an older one is brought up to date.
RunBeginning new_run(
    const PreparedRun& run, const std::filesystem::path& file, RunObserver& observer);
/// The run `id` of `file`, from its latest checkpoint or from its beginning. What the file has of it
/// after that goes. Throws InputError where the run is held by a living process.
RunBeginning resumed_run(const PreparedRun& run, const std::filesystem::path& file, RunId id,
    RunObserver& observer);

} // namespace circuitloom
