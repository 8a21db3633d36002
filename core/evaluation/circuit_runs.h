#pragma once

#include "core/evaluation/ablated_forward.h"
#include "core/evaluation/ablation_batches.h"
#include "core/evaluation/ablation_plan.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace circuitloom {

/// A metric of one batch, averaged over its examples. `hidden` is what Transformer::hidden() gives.
using HiddenMetric = std::function<double(const torch::Tensor& hidden, const ScoredBatch& batch)>;

/// Runs a model with only the edges of a circuit left, over all examples of a task. What it is
/// made from must outlive it.
class CircuitRuns
{
public:
    using Progress = std::function<void(std::int64_t done, std::int64_t total)>;
    using Visitor = std::function<void(
        std::size_t circuit, const torch::Tensor& hidden, const ScoredBatch& batch)>;

    CircuitRuns(const Transformer& model, const ComputationalGraph& graph,
        const AblationBatches& batches, std::int64_t memory_bytes = default_ablation_memory);

    const ComputationalGraph& graph() const { return graph_; }

    /// Calls `visit` for every circuit and batch with the final norm's output of that run.
    /// `circuits` are sets of kept edges.
    void run(std::span<const EdgeSet> circuits, const Visitor& visit) const;
    /// m(C) of each circuit: `metric` averaged over the examples.
    std::vector<double> metric(
        std::span<const EdgeSet> circuits, const HiddenMetric& metric, const Progress& = {}) const;

private:
    const Transformer& model_;
    const ComputationalGraph& graph_;
    const AblationBatches& batches_;
    std::int64_t memory_bytes_;
};

} // namespace circuitloom
