#pragma once

#include "core/run/checkpoint_series.h"

#include <filesystem>
#include <vector>

namespace circuitloom {

/// The checkpoints of a list in TOML (see CheckpointSeries), in its order. Throws InputError naming
/// the file, the entry and the key.
std::vector<SeriesCheckpoint> read_checkpoint_list(const std::filesystem::path& file);

} // namespace circuitloom
