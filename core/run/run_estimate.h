#pragma once

#include "core/architecture/model_config.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace circuitloom {

/// What a run is going to take, before it starts. The sizes are estimates: what is to be known is
/// whether the run fits. Memory is that beside what the program holds without a run, for the
/// longest batch; measured runs held up to a third less (speed.md), and a circuit that opens little
/// holds less still.
struct RunEstimate
{
    std::int64_t parameters = 0; ///< entries of the model
    std::int64_t edges = 0; ///< of its graph
    int iterations = 0; ///< circuits that are stored
    std::int64_t memory = 0; ///< bytes on the device
    std::int64_t file = 0; ///< bytes that the experiment grows by, checkpoints aside
    std::int64_t checkpoints = 0; ///< bytes of those that are kept while it runs, at the most
    std::int64_t finished = 0; ///< of those that are left of them once it is finished
};

/// What is known of the task for training; 0 where it is not.
struct TaskSize
{
    int longest = 0; ///< tokens of the longest example
    int examples = 0;
};

/// Optimizer steps; nothing where they are counted in epochs of a task of unknown size.
std::optional<int> planned_steps(const RunConfig& config, const TaskSize& task);

/// Without a known length, examples have RunConfig::max_tokens tokens; without known steps, the
/// sizes are those of one step.
///
/// Memory: the weights; of all that may change (for a circuit: of the blocks, since what it opens
/// is not known before) the gradients and what the optimizer keeps, momentum or AdamW's two means;
/// the blocks once more for LoRA and the model once more for the metric kl; what a batch's forward
/// pass keeps (kept_per_token()), with its logits, their softmax and their gradient, and the sums
/// that score the edges, or what an evaluation holds where that is more; and what is held beside.
/// File: for each iteration its circuit and its row, for each step a row, for each evaluation a row
/// for each measure; the catalogue of nodes and edges, which runs on the same graph share.
/// Checkpoints: in each what changed, compressed, with what the optimizer keeps of it, which goes
/// once the run is finished unless it is to stay; for a circuit that is less than the blocks, by
/// how much is not known before.
RunEstimate estimate_run(
    const RunConfig& config, const ModelConfig& model, const TaskSize& task = {});

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
    bool alike = true; ///< whether that one differs in nothing that matters for the time
};

/// From the latest timed run of the same model that is alike, else from the latest of the same
/// model, in proportion to the batch. Nothing where none was timed.
std::optional<TimeEstimate> estimate_time(
    const RunConfig& config, int steps, std::span<const TimedRun> timed);

} // namespace circuitloom
