#pragma once

#include "core/run/run_config.h"

#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// In what some runs differ. Their name, description and seed are left out.
struct DifferingSettings
{
    std::vector<std::string> names; ///< in the order of the file, as in `circuit.top_n`
    /// Of each configuration: the value of each of these settings, as `--set` takes it.
    std::vector<std::vector<std::string>> values;
};

DifferingSettings differing_settings(std::span<const RunConfig> configs);

} // namespace circuitloom
