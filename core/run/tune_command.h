#pragma once

#include "core/run/run_config.h"

#include <string>

namespace circuitloom {

/// `word` as a POSIX shell takes it: quoted where it must be.
std::string shell_word(std::string_view word);

/// What to type for the same run, quoted for a shell, an option a line: the nearest preset and what
/// differs from it; where a preset and settings cannot say it, the run saved as run.toml (see
/// to_toml()).
std::string tune_command(const RunConfig& config);

} // namespace circuitloom
