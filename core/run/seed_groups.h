#pragma once

#include "core/run/run_config.h"

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom {

/// The configurations in groups whose members differ by their seed alone (and by their name and
/// description, which decide nothing): indices, the groups in the order of their first members.
std::vector<std::vector<std::size_t>> same_but_for_seed(std::span<const RunConfig> configs);

} // namespace circuitloom
