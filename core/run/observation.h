#pragma once

#include "core/run/run_config.h"

#include <chrono>
#include <filesystem>
#include <string>

namespace circuitloom {

/// What is to be observed: checkpoints that others trained, as a run (algorithm.md, section 12).
struct ObserveRequest
{
    std::string series; ///< as CheckpointSeries takes it
    /// Of it count the task, the held-out task, the suites, the graph, how edges are scored on the
    /// probe and chosen, the seed, the device and the type of numbers.
    RunConfig config;
    std::filesystem::path file; ///< the .loom file, new or not
    /// TensorBoard's event files of the training, or their folder, whose curves count instead of
    /// those of the checkpoints' trainer_state.json; empty for none.
    std::filesystem::path events;
    bool watch = false; ///< wait for further checkpoints until a stop is requested
    std::chrono::seconds quiet{ 5 }; ///< while watching: how long a checkpoint must not have changed
};

/// The configuration under which such a run is stored, and by which the same request finds it again;
/// its model is the series. Throws InputError where it is not sound.
RunConfig observation_config(const ObserveRequest& request);

/// What goes on with a run that was observed with this configuration.
ObserveRequest request_for(const RunConfig& observed, const std::filesystem::path& file);

} // namespace circuitloom
