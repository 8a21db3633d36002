#pragma once

#include "core/architecture/model_config.h"
#include "core/graph/computational_graph.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace circuitloom {

/// What is known of the task for training; 0 where it is not.
struct TaskSize
{
    int longest = 0; ///< tokens of the longest example
    int examples = 0;
    int targets = 0; ///< of the example with most; one where it is not known
    int held_out = 0; ///< examples; RunConfig::evaluation_items where it is not known
};

/// What a run holds on its device at its peak, in bytes, by what it is for; beside what the program
/// holds without a run.
struct MemoryParts
{
    std::int64_t weights = 0;
    std::int64_t untouched = 0; ///< weights as they were: for LoRA, and for the metric kl
    /// Weights of what opened, kept beside: float32 where the weights are bfloat16, and of what lies in
    /// several processes.
    std::int64_t masters = 0;
    std::int64_t optimizer = 0; ///< of what opened: SGD's momentum, or AdamW's two means
    /// Of what is open; once more for the sum of several batches, and for what processes exchange.
    std::int64_t gradients = 0;
    std::int64_t activations = 0; ///< what a forward pass keeps for the backward pass
    /// And what becomes of them, beyond the room of gradients and discovery; for the metric kl those
    /// of the untouched model too, at the targets of a batch and of the whole held-out task.
    std::int64_t logits = 0;
    std::int64_t discovery = 0; ///< what the scores are formed from, beyond the gradients' room
    std::int64_t evaluation = 0; ///< what suites and the held-out task need beyond a step
    std::int64_t rest = 0; ///< of the tensor library, the database and the tasks

    std::int64_t total() const;
    bool operator==(const MemoryParts&) const = default;
};

/// A part with what a table calls it.
struct NamedMemory
{
    std::string_view name; ///< as in "optimizer"
    std::int64_t bytes = 0;
};
/// Every part, in the order of MemoryParts.
std::vector<NamedMemory> named(const MemoryParts& memory);

/// Every part so many times.
MemoryParts times(const MemoryParts& memory, int count);

/// `opened`: which share of the blocks' entries the circuits open, 0…1; methods that train something
/// else do not ask. `processes` tune the model together, and this is what one of them holds, which has
/// its share of each batch; of a card, what it exchanges lies in the main memory, but counts here.
/// Without a known length, examples have RunConfig::max_tokens tokens.
///
/// The arithmetic is that of resources/docs/scaling.md: b bytes a weight (4, 8 or 2), m bytes for
/// what the optimizer keeps (8 in float64, else 4), T = batch × longest example tokens. Inputs of blocks
/// that wait in the main memory do not count, unless RunConfig::device is "cpu".
MemoryParts estimate_memory(const RunConfig& config, const ModelConfig& model,
    const ComputationalGraph& graph, const TaskSize& task, double opened, int processes = 1);

/// 4, 8 or 2.
std::int64_t bytes_of_weight(Precision precision);

/// Entries that the run's method may change, where its circuits open that share of the blocks.
std::int64_t changed_entries(const RunConfig& config, const ModelConfig& model, double opened);

/// The share of the blocks' entries that one circuit of the run can open at most: its N edges open
/// N nodes that write and N that read.
double most_opened_at_once(
    const RunConfig& config, const ModelConfig& model, const ComputationalGraph& graph);

} // namespace circuitloom
