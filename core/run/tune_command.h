#pragma once

#include "core/run/sweep.h"

#include <span>
#include <string>

namespace circuitloom {

/// `word` as a POSIX shell takes it: quoted where it must be.
std::string shell_word(std::string_view word);

/// What to type for the same run, quoted for a shell, an option a line: the nearest preset and what
/// differs from it; where a preset and settings cannot say it, the run saved as run.toml (see
/// to_toml()).
std::string tune_command(const RunConfig& config);
/// The same for a sweep from `config` over these axes, or for a run that so many processes share.
std::string tune_command(const RunConfig& config, std::span<const SweepAxis> axes, int seeds,
    int processes = 1);

} // namespace circuitloom
