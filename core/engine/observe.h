#pragma once

#include "core/run/checkpoint_series.h"
#include "core/run/engine.h"
#include "core/run/observation.h"

#include <stop_token>
#include <string>

namespace circuitloom {

/// Tells how an observation goes, on the thread that observes.
class ObservationObserver
{
public:
    virtual ~ObservationObserver() = default;
    virtual void note(const std::string& line) = 0;
    /// Before a checkpoint is read for whether it is used, `done` of `total`, and again at its
    /// tensors.
    virtual void reading(const std::string& checkpoint, int done, int total) = 0;
    virtual void started(RunId run, const std::string& device, int last_step) = 0;
    /// `done` of the `total` checkpoints that are known are in the file, and this one is looked at.
    virtual void observing(const SeriesCheckpoint& checkpoint, int done, int total) = 0;
    virtual void observed(const IterationRecord&) { }
};

/// Makes a run of method `observed` of the series (algorithm.md, section 12), or goes on with the
/// one in the file that has the same configuration. Each checkpoint is loaded alone, scored on the
/// probe, evaluated, stored in one transaction and dropped. One that cannot be used, that has not
/// the shape of the run's graph or whose edge scores are not finite is told by name, and the rest
/// goes on. Returns RunState::stopped where a stop was requested, which is looked for before each
/// checkpoint, each tensor of it and each batch, where it pauses too and questions have their turn.
///
/// Throws InputError where the series, none of its checkpoints, the task or a suite can be used,
/// ResourceError where the disk or the device refuses; the run's row says failed and why, if it has
/// begun. Needs LibTorch, but its header does not.
RunState observe(const ObserveRequest& request, ObservationObserver& observer, RunControl& control,
    std::stop_token stop);

/// The same for whoever watches a run: checkpoints are told by preparing(), with the time left, what
/// is in the file by iteration_committed(), and what is not used by noted().
RunState observe(const ObserveRequest& request, RunObserver& observer, RunControl& control,
    std::stop_token stop);

} // namespace circuitloom
