#pragma once

#include "core/run/run_estimate.h"

#include <cstdint>
#include <optional>
#include <span>

namespace circuitloom {

/// What several runs take, one after the other, into one file.
struct SweepEstimate
{
    std::int64_t memory = 0; ///< bytes of the run that needs most
    std::int64_t file = 0; ///< bytes that the file grows by in the end, checkpoints included
    /// Bytes by which it may be larger for a while: what the checkpoints of one run lose when it is
    /// finished.
    std::int64_t meanwhile = 0;
};

/// Each as estimate_run() has it. Runs that differ in their seed alone are estimated once.
SweepEstimate estimate_sweep(
    std::span<const RunConfig> runs, const ModelConfig& model, const TaskSize& task = {});

/// The sum of what estimate_time() gives; nothing where it gives nothing for one of them, or the steps
/// of one are not known.
std::optional<TimeEstimate> estimate_sweep_time(
    std::span<const RunConfig> runs, const TaskSize& task, std::span<const TimedRun> timed);

} // namespace circuitloom
