#pragma once

#include "core/distributed/ranks.h"
#include "core/store/experiment_reader.h"

#include <optional>

namespace circuitloom {

/// The first process's checkpoint, which it alone reads from the file, in every process; the others
/// give none. Call it in all of them after Ranks::begin(). Throws as Ranks does.
std::optional<StoredCheckpoint> of_first(
    const Ranks& ranks, std::optional<StoredCheckpoint> checkpoint);

} // namespace circuitloom
