#include "app/cli/commands/shared_run.h"

#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/local_processes.h"

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/engine/shared_run.h"
#include "core/run/run_in_processes.h"

#include <CLI/CLI.hpp>

namespace circuitloom {

namespace {

constexpr int most_patience = 24 * 60 * 60;

} // namespace

void add_shared_run_options(CLI::App& command, SharedRunOptions& options)
{
    command
        .add_option("--processes", options.processes,
            "share the run among so many processes of this machine, each with its part of every "
            "batch; torchrun, srun and mpirun do so without it, also on several machines")
        ->check(CLI::Range(1, most_processes));
    command
        .add_option("--patience", options.patience,
            "of several processes: after so many seconds without an answer from another one the run "
            "fails, and can be resumed")
        ->check(CLI::Range(1, most_patience))
        ->type_name("SECONDS");
}

ProcessPlace place_by(const SharedRunOptions& options)
{
    ProcessPlace place = process_place();
    place.patience = std::chrono::seconds(options.patience);
    if (place.size > 1 && options.processes > 0 && options.processes != place.size)
        throw InputError("--processes asks for " + std::to_string(options.processes)
            + " processes, but " + std::to_string(place.size)
            + " were started (torchrun, srun or mpirun says so); leave --processes out.");
    return place;
}

bool starts_processes(const SharedRunOptions& options, const ProcessPlace& place)
{
    return place.size == 1 && options.processes > 1;
}

void start_processes(const SharedRunOptions& options)
{
    const int code
        = run_local_processes(options.processes, std::chrono::seconds(options.patience));
    if (code != 0)
        throw CLI::RuntimeError(code);
}

void assist_first(const ProcessPlace& place)
{
    const StopOnInterrupt interrupt(nullptr, StopOnInterrupt::Notice::none);
    RunState state{};
    try {
        state = assist(place, interrupt.token());
    } catch (const Error& failure) {
        throw ResourceError("rank " + std::to_string(place.rank) + ": " + failure.what());
    }
    if (state != RunState::finished)
        throw CLI::RuntimeError(stopped_by_user);
}

} // namespace circuitloom
