#pragma once

#include "core/discovery/block_scores.h"
#include "core/distributed/ranks.h"
#include "core/evaluation/scored_batch.h"
#include "core/graph/computational_graph.h"
#include "core/model/recomputed_pass.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/batch_share.h"
#include "core/tuning/methods/tuning_strategy.h"

#include <cstddef>
#include <optional>

namespace circuitloom {

class GradientMethod;

/// The passes of a run's steps over its batches, and what they give: the objective, the step's
/// figures and the edges' scores. Figures are [loss, metric], float64, on the model's device: the
/// objective without its penalty in nats per token, and the metric of the discovery's kind. A
/// batch's figures are its part of those of all batches of all processes; they add up.
class StepPasses
{
public:
    /// All must outlive the object. For MetricKind::kl it keeps a copy of the model as it is now.
    /// Throws InputError where the configuration's method cannot score steps.
    StepPasses(const Transformer& model, const ComputationalGraph& graph, const RunConfig& config,
        const TuningStrategy& strategy, const Ranks& ranks);

    struct Pass
    {
        ForwardTaps taps;
        torch::Tensor loss; ///< scalar
        torch::Tensor metric; ///< scalar
        torch::Tensor reference; ///< for MetricKind::kl
        /// In place of taps, where blocks are computed anew.
        std::optional<RecomputedPass> recomputed;
    };
    /// One pass over `batch`. It keeps taps where the edges are to be scored (`scored`) or the
    /// strategy needs them, and the loss can be differentiated where it is to be `trained` on.
    Pass forward(const ScoredBatch& batch, bool scored, bool trained) const;

    /// What a step descends, as far as this batch goes: the loss, and the metric times `slope`
    /// where that is defined.
    torch::Tensor objective(const Pass& pass, const BatchShare& batches, std::size_t batch,
        const torch::Tensor& slope) const;
    /// The slope of the penalty where the figures of all batches are these; undefined without one.
    torch::Tensor penalty_slope(const torch::Tensor& figures) const;

    /// Of no batch.
    torch::Tensor no_figures() const;
    /// Of a pass over one of the batches.
    torch::Tensor figures_of(const Pass& pass, const BatchShare& batches, std::size_t batch) const;
    /// Of all batches of all processes, by passes of their own.
    torch::Tensor figures_of(const BatchShare& batches) const;

    /// The score of every edge, [edge], over all batches of all processes, from the pass that there
    /// is over the only one; null where the share is empty. `blocks`, unless null, is given the
    /// scores of blocks too.
    torch::Tensor edge_scores(
        const BatchShare& batches, const Pass* pass, BlockScores* blocks) const;
    struct Scored
    {
        torch::Tensor scores; ///< [edge]
        torch::Tensor figures; ///< of all batches
    };
    /// The same by passes of its own, over smaller batches where the run computes blocks anew.
    Scored edge_scores(const BatchShare& batches, BlockScores* blocks) const;

private:
    const Transformer& model_;
    const ComputationalGraph& graph_;
    const RunConfig& config_;
    const TuningStrategy& strategy_;
    const Ranks& ranks_;
    const GradientMethod& scoring_;
    std::optional<Transformer> untouched_; ///< what MetricKind::kl compares with
};

} // namespace circuitloom
