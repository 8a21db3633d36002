#pragma once

#include "core/run/checkpoint_series.h"
#include "core/run/engine.h"
#include "core/run/run_config.h"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

namespace circuitloom {

/// What `circuitloom-cli observe` asks for.
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

/// Tells how an observation goes, on the thread that observes.
class ObservationObserver
{
public:
    virtual ~ObservationObserver() = default;
    virtual void note(const std::string& line) = 0;
    virtual void started(RunId run) = 0;
    /// `done` of the `total` checkpoints that are known are in the file, and this one is looked at.
    virtual void observing(const SeriesCheckpoint& checkpoint, int done, int total) = 0;
};

/// The configuration under which such a run is stored, and by which the same command finds it again.
RunConfig observation_config(const ObserveRequest& request);

/// Makes a run of method `observed` of the series (algorithm.md, section 12), or goes on with the
/// one in the file that has the same configuration. Each checkpoint is loaded alone, scored on the
/// probe, evaluated, stored in one transaction and dropped. One that cannot be used is told by name,
/// and the rest goes on. Returns RunState::stopped where a stop was requested, which is looked for
/// before each checkpoint and each batch.
///
/// Throws InputError where the series, the task or a suite cannot be used, ResourceError where the
/// disk or the device refuses; the run's row says failed and why, if it has begun. Needs LibTorch,
/// but its header does not.
RunState observe(
    const ObserveRequest& request, ObservationObserver& observer, std::stop_token stop);

} // namespace circuitloom
