#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

namespace circuitloom {

/// What a file was made smaller by.
struct Compaction
{
    std::uintmax_t before = 0; ///< bytes, with the write-ahead log
    std::uintmax_t after = 0;
    int checkpoints = 0; ///< that went
};

/// Makes a .loom file as small as what it holds: the room of deleted runs and replaced checkpoints
/// is given back, and checkpoints that no run goes on from go. Of each run the latest checkpoint
/// stays, the best one, and those of bookmarks; of a finished run they lose what the optimizer
/// remembers, unless the run was configured to keep it. SQLite writes the file anew beside it, for
/// which there must be as much room as it takes.
///
/// Throws InputError where a run of the file is going on; ResourceError where the disk has too
/// little room, and Cancelled soon after a stop is requested, in which cases at most the
/// checkpoints are gone.
Compaction compact_experiment(const std::filesystem::path& file, std::stop_token stop = {});

} // namespace circuitloom
