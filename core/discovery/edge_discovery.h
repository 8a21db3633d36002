#pragma once

#include "core/graph/certainty.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"
#include "core/tasks/encoded_task.h"

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace circuitloom {

/// How a whole set of examples is scored.
struct DiscoveryPlan
{
    DiscoveryOptions options;
    int batch = 16; ///< examples at a time, fewer where `memory_bytes` is less than they need
    /// What may be held at a time beside the model, in bytes; 0 for what divide_memory() takes
    /// then. With resamples, half of it is for the scores of blocks of examples: with less there are
    /// fewer blocks to draw from.
    std::int64_t memory_bytes = 0;
    std::uint64_t seed = 1; ///< of AttributionMethod::random
    /// Counts the examples that are scored; for AttributionMethod::exact, the edges patched in all
    /// batches together. May be empty, and may throw, which ends the scoring.
    std::function<void(int done, int total)> progress;
    std::stop_token stop; ///< asked before each pass
    int resamples = 0; ///< of the examples, drawn with `seed`; 0 for none
    SelectionOptions selection; ///< of the resamples' circuits
};

struct DiscoveredEdges
{
    torch::Tensor scores; ///< [edge], float32 or float64, on the CPU
    double metric = 0; ///< of the clean input, over all examples
    std::int64_t predicted_bytes = 0; ///< what it was reckoned to hold at most beside the model
    std::optional<ScoreCertainty> certainty; ///< of every edge, where there are resamples
    double resampling_seconds = 0; ///< that drawing the resamples took, after the passes
};

/// Scores every edge of `graph` on all examples (algorithm.md, section 2). The result depends
/// neither on `batch` nor on `memory_bytes` but for rounding. Parameters need no gradients;
/// those that ask for them still do afterwards.
/// Throws InputError where there is no edge or no example, one lacks what the baseline or the
/// metric needs, or the method explains nothing by this metric or gives no scores of single
/// examples to resample; Cancelled where `stop` was requested.
DiscoveredEdges discover_edges(Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, const DiscoveryPlan& plan);

} // namespace circuitloom
