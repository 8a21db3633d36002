#pragma once

#include "core/formats/circuit_series.h"
#include "core/run/checkpoint_series.h"

#include <filesystem>
#include <string>
#include <vector>

namespace circuitloom {

/// Whether `path` is a log of circuits (.jsonl), or a folder with graph JSON which is neither a
/// series of checkpoints nor a model's. Looks at the beginnings of files.
bool holds_circuits(const std::filesystem::path& path);

/// Circuits that another program found, of one folder or log.
struct FoundCircuits
{
    std::string name; ///< of the file or folder
    std::string layout; ///< what the files are, in words
    FoundSeries circuits; ///< by ascending step; `directory` is the folder or the log
    std::vector<std::string> notes; ///< on the series as a whole
};

/// What import_circuits() would take of `path`, for which every circuit is read. `progress` may
/// throw, which ends the look. Throws InputError where it would.
FoundCircuits look_at_circuits(
    const std::filesystem::path& path, const CheckpointSeries::LookProgress& progress = {});

} // namespace circuitloom
