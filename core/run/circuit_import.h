#pragma once

#include "core/base/ids.h"
#include "core/formats/circuit_series.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace circuitloom {

struct ImportedRun
{
    RunId run;
    std::string name;
    std::string layout; ///< what was read, in words
    int iterations = 0;
    std::vector<std::string> notes; ///< a sentence for each thing that was not taken over as it was
    std::vector<UnusedCircuit> unused; ///< damaged circuits, which the run does not have
};

struct ImportOptions
{
    SeriesOptions series;
    /// Of the run; empty: that of its file or folder. Only where there is a single one.
    std::string name;
    /// Called before each circuit is read; may throw Cancelled.
    std::function<void(const std::string& run, int done, int total)> progress;
};

/// Makes a finished run of every series in `paths` (see open_circuit_series()) in `file`, which is
/// made where it is missing. Loss, metric and what else those files lack are left empty; where they
/// come from, the notes and what is damaged are written into the run's notes. A damaged circuit is
/// left out, and the others are taken. Takes as long as reading them does.
///
/// Throws InputError (of a series of which no circuit is sound, too), ResourceError or Cancelled;
/// `file` then has none of these runs, and is gone where it was made for them.
std::vector<ImportedRun> import_circuits(std::span<const std::filesystem::path> paths,
    const std::filesystem::path& file, const ImportOptions& options);

} // namespace circuitloom
