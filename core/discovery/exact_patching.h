#pragma once

#include "core/evaluation/ablation_batches.h"
#include "core/evaluation/circuit_runs.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace circuitloom {

struct ExactPatchingOptions
{
    /// The bytes that the patched copies of a batch may hold at a time; there is always one copy.
    std::int64_t memory_bytes = std::int64_t{ 1 } << 29;
    std::function<void(std::int64_t done, std::int64_t total)>
        progress; ///< edges patched, in all batches
    std::stop_token stop;
};

/// s_exact(u→v) = m(clean) − m(u→v alone carries ã_u), averaged over the examples: the change that
/// attribution approximates, in the same sign (algorithm.md, section 2). One score per entry of
/// `edges`. Throws Cancelled where `stop` asked for an end.
///
/// Edges into one reader are patched together as copies of the batch, which continue from that
/// reader's layer: what lies before it is the same for all of them.
std::vector<double> exact_scores(const Transformer& model, const ComputationalGraph& graph,
    std::span<const EdgeId> edges, const AblationBatches& batches, const HiddenMetric& metric,
    const ExactPatchingOptions& options = {});

} // namespace circuitloom
