#pragma once

#include "core/discovery/edge_attribution.h"
#include "core/distributed/ranks.h"
#include "core/evaluation/scored_batch.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"

#include <torch/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace circuitloom {

class GradientMethod;

/// The forward pass over one batch as it is, without any patch.
struct CleanPass
{
    ScoredBatch batch;
    ForwardTaps taps;
    torch::Tensor reference; ///< metric_reference() of the batch, for MetricKind::kl alone
};

/// A set of examples in batches, of which only one is held at a time.
struct BatchedSet
{
    std::size_t batches = 0; ///< that this process passes
    std::int64_t examples = 0; ///< in all batches of all processes together
    /// Makes the pass over a batch, the first one with 0. Where `gradients` is set, it must keep
    /// its autograd graph, from an embedding or weights that ask for a gradient to the taps. May
    /// throw, which ends the scoring. A batch can be asked for twice.
    std::function<CleanPass(std::size_t batch, bool gradients)> pass;
    /// Called after each batch that was scored; may be empty, and may throw.
    std::function<void(const CleanPass& scored)> scored;
    /// The processes that pass the set together; all get the same scores.
    const Ranks& ranks = Ranks::none();
    /// Which example of the whole set a batch's first one is; empty where the batches follow one
    /// another.
    std::function<std::int64_t(std::size_t batch)> first;
};

/// The scores of every edge of `graph` over a whole set (algorithm.md, section 2), one per edge,
/// on the model's device, in float32 (float64 for a float64 model). They depend on the split into
/// batches by rounding alone. Discoveries of their own and the steps of a training score by this.
///
/// Each batch is passed once. Where `method` takes gradients at points that depend on the baseline
/// and that is the mean over several batches, the means need a pass of each batch before; else the
/// scores are taken against the means of the first batch and moved to those of all afterwards,
/// which is exact, since a score is linear in the baseline.
///
/// `memory_bytes` is what may be held for all nodes at a time beside a pass. Where `blocks` is given
/// the scores of blocks of examples are left there too, from the same passes and with the same
/// baseline; what is returned is the same. They hold at most
/// `block_bytes`, but for one block. Throws InputError where an example lacks what the
/// baseline or the metric needs.
torch::Tensor score_set(const Transformer& model, const ComputationalGraph& graph,
    const GradientMethod& method, const DiscoveryOptions& options, const BatchedSet& set,
    std::int64_t memory_bytes = default_scoring_memory, BlockScores* blocks = nullptr,
    std::int64_t block_bytes = default_block_memory);

} // namespace circuitloom
