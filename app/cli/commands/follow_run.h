#pragma once

#include "core/run/engine.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace circuitloom {

using RunAction = std::function<RunState(RunObserver&, RunControl&, std::stop_token)>;

/// Runs `action`, which tunes into `file`, with its progress on stderr, and prints what became of
/// the run. Ctrl-C stops it after the step under way; the program's exit code then says so. SIGUSR1
/// pauses it, SIGUSR2 has it go on, unless several `processes` share it: they would take a pause for
/// a process that stands still.
void follow_run(
    const std::filesystem::path& file, bool json, int processes, const RunAction& action);

} // namespace circuitloom
