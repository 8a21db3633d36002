#pragma once

#include "core/run/process_place.h"

namespace CLI {
class App;
}

namespace circuitloom {

/// The options of the commands whose run several processes may share.
struct SharedRunOptions
{
    int processes = 0; ///< to start on this machine; 0: not said
    int patience = 20; ///< seconds
};

void add_shared_run_options(CLI::App& command, SharedRunOptions& options);

/// The place of this process by its environment. Throws InputError where --processes asks for
/// another number than torchrun, srun or mpirun started.
ProcessPlace place_by(const SharedRunOptions& options);

/// Whether this process is to start the others, and itself compute nothing.
bool starts_processes(const SharedRunOptions& options, const ProcessPlace& place);
/// Does so, and ends as the first of them does.
void start_processes(const SharedRunOptions& options);

/// Takes part in the run of the first process, and says nothing unless something goes wrong.
void assist_first(const ProcessPlace& place);

} // namespace circuitloom
