#pragma once

#include "core/architecture/model_config.h"
#include "core/run/memory_estimate.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// What a run is going to take, before it starts. The sizes are estimates: what is to be known is
/// whether the run fits (scaling.md has what was measured beside them).
struct RunEstimate
{
    std::int64_t parameters = 0; ///< entries of the model
    std::int64_t edges = 0; ///< of its graph
    std::int64_t iterations = 0; ///< circuits that are stored
    MemoryParts memory; ///< on the device, where the circuits open all of the blocks in the end
    MemoryParts first_memory; ///< the same until its second circuit, which may open more
    std::int64_t file = 0; ///< bytes that the experiment grows by, checkpoints aside
    std::int64_t checkpoints = 0; ///< bytes of those that are kept while it runs, at the most
    std::int64_t finished = 0; ///< of those that are left of them once it is finished
};

/// Optimizer steps; nothing where they are counted in epochs of a task of unknown size.
std::optional<int> planned_steps(const RunConfig& config, const TaskSize& task);

/// Without a known length, examples have RunConfig::max_tokens tokens; without known steps, the
/// sizes are those of one step.
///
/// File: for each iteration its circuit and its row, for each step a row, for each evaluation a row
/// for each measure; the catalogue of nodes and edges, which runs on the same graph share.
/// Checkpoints: in each what changed, compressed, with what the optimizer keeps of it, which goes
/// once the run is finished unless it is to stay; for a circuit that is less than the blocks, by
/// how much is not known before.
///
/// `processes` tune the model together: the memory is that of one of them.
RunEstimate estimate_run(const RunConfig& config, const ModelConfig& model,
    const TaskSize& task = {}, int processes = 1);

/// How many of the processes that share a run on one machine hold it on the same device: all of them,
/// unless `device` (as RunConfig has it) is auto and there are cards, of which each takes its own as far
/// as there are.
int processes_on_device(const std::string& device, int processes, int cards);
/// What so many processes hold together, of each of which the estimate is.
RunEstimate held_together(const RunEstimate& of_one, int processes);

/// Whether a run fits into memory.
enum class MemoryFit
{
    fits, ///< whatever its circuits open, as far as is known
    first_circuit, ///< until its circuits open more
    none
};
/// `available` is in bytes; 0 where the system does not tell, and then every run fits.
MemoryFit memory_fit(const RunEstimate& estimate, std::int64_t available);

/// The run with the fewest changes that fits into `bytes` (its first_memory), and gives the same
/// circuits where that is possible: batches become smaller and are accumulated, as few times as makes
/// up the same examples in each step, then blocks are computed anew, on a card with their inputs in the
/// main memory, then SGD takes the place of AdamW, then, on a card, the weights become bfloat16.
/// Nothing where none of these is enough.
std::optional<RunConfig> fitting_run(const RunConfig& config, const ModelConfig& model,
    const TaskSize& task, std::int64_t bytes, bool card, int processes = 1);

/// A run that was timed.
struct TimedRun
{
    RunConfig config;
    double seconds_per_step = 0; ///< of the optimizer, evaluations included
};

struct TimeEstimate
{
    double seconds = 0;
    std::string run; ///< the one it follows from
    /// The settings that matter for the time and which that one has otherwise, as `--set` names them,
    /// in the order of the file.
    std::vector<std::string> differing;
};

/// From the timed run of the same model that is most alike, the latest of several, in proportion to
/// the examples of a step: one on the same device comes before any other, then one of the same
/// method, then one that differs in fewer of the settings that matter for the time. Nothing where no
/// run of the model was timed.
std::optional<TimeEstimate> estimate_time(
    const RunConfig& config, int steps, std::span<const TimedRun> timed);

} // namespace circuitloom
