#pragma once

#include "core/architecture/model_files.h"
#include "core/evaluation/suite_scoring.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"
#include "core/run/engine.h"
#include "core/run/memory_estimate.h"
#include "core/run/run_config.h"
#include "core/store/records.h"
#include "core/tasks/encoded_task.h"
#include "core/tuning/run_place.h"

#include <functional>
#include <string>
#include <vector>

namespace circuitloom {

/// What the steps of a run need, read and checked before the first one: enough to train, or to
/// repeat the steps of a run, but not to evaluate on the way.
struct PreparedTraining
{
    RunConfig config; ///< `steps` is how many there are to be, whatever `epochs` says
    ModelFiles files; ///< of `model`
    Transformer model; ///< untouched, on the device of the place and in the type of the configuration
    ComputationalGraph graph;
    EncodedTask task;
};

/// Everything that a run needs.
struct PreparedRun : PreparedTraining
{
    EncodedTask held_out; ///< empty where the configuration names none
    EncodedTask reference; ///< likewise
    std::vector<PreparedSuite> suites;
    RunDescription description;
};

/// What the memory of a run depends on in its tasks.
TaskSize size_of(const EncodedTask& task, const EncodedTask& held_out);

/// Takes what is being done, as in "loading the model demo", for a status line.
using Announce = std::function<void(const std::string& what)>;

/// Encodes the task and loads the model; an example that cannot be used is left out. Throws
/// InputError for whatever in the configuration or its files cannot be used, and where the device
/// has too little memory for the run.
PreparedTraining prepare_training(const RunConfig& config, const Announce& announce = {});

/// The same, with the held-out task, the reference task and the suites, for a process at `place`.
/// Throws likewise.
PreparedRun prepare_run(
    const RunConfig& config, RunObserver& observer, const RunPlace& place = {});

} // namespace circuitloom
