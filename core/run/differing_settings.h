#pragma once

#include "core/run/run_config.h"

#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// In what some runs differ. What only tells repetitions apart (see seed_groups.h) is left out.
struct DifferingSettings
{
    /// In the order of the file, as in `circuit.top_n`; `capabilities` come last.
    std::vector<std::string> names;
    /// Of each configuration: the value of each of these settings, as `--set` takes it, and the
    /// names of its capabilities.
    std::vector<std::vector<std::string>> values;
};

DifferingSettings differing_settings(std::span<const RunConfig> configs);

} // namespace circuitloom
