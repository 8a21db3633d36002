#pragma once

#include "core/run/engine.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <variant>

namespace circuitloom {

/// circuitloom-cli, as core/base/program_files.h finds it. Throws ResourceError where it is missing.
std::filesystem::path command_line_program();

/// A run that several processes of this machine share.
struct SharedJob
{
    std::filesystem::path program; ///< circuitloom-cli
    std::filesystem::path file;
    std::variant<RunConfig, RunId> run; ///< a new one, or one to go on with
    int processes = 2;
};

/// Has the processes compute the run, in a session of their own, and tells from their file how it
/// goes; the observer hears of steps, not of all of them, and nothing of what else is written.
/// Returns the state in which the run ended. `stop` has it end after the step under way, with a
/// checkpoint; it cannot be paused. `leave` returns at once, with RunState::running, and the run
/// goes on without this program.
///
/// Throws ResourceError, with what the processes said, where they fail.
RunState run_in_processes(const SharedJob& job, RunObserver& observer,
    const std::stop_token& stop, const std::stop_token& leave);

inline constexpr int most_processes = 1024;

/// How many processes began the run, as far as its file says it; else 1.
int processes_of(const RunDescription& run);
/// As in "2 processes".
std::string processes_text(int processes);

} // namespace circuitloom
