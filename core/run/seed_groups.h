#pragma once

#include "core/run/run_config.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The configuration without what tells repetitions of a run apart and decides nothing else: its
/// seed, its name, its description.
RunConfig without_seed(RunConfig config);

/// One of several runs that may be repetitions of each other.
struct RepeatedRun
{
    const RunConfig* config = nullptr; ///< null: imported, or cannot be read; then it is like no other
    std::string_view model_fingerprint = {};
};

/// The runs in groups whose members have the same settings but for their seed, and the same model:
/// indices, the groups in the order of their first members.
std::vector<std::vector<std::size_t>> same_but_for_seed(std::span<const RepeatedRun> runs);

} // namespace circuitloom
