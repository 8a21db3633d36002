#pragma once

#include "core/run/held_at_once.h"
#include "core/discovery/block_scores.h"
#include "core/discovery/stream_geometry.h"
#include "core/evaluation/scored_batch.h"

#include <optional>
#include <span>
#include <vector>

namespace circuitloom {

/// Edge attribution patching (arXiv 2310.10348; algorithm.md, section 2):
/// s(u→v) = (1/B) Σ_b Σ_p < a_u[b,p] − ã_u[b,p] , ∂m_b/∂(input of v)[b,p] >.
///
/// The forward pass only keeps handles (ForwardTaps). What each head or neuron group writes, and
/// the gradient each input sees through the norm in front of it, follow from those in closed form,
/// so one backward pass serves every edge, and no more than a stretch of rows at a time is ever
/// there for all nodes.

/// Upstream nodes [first, first + count).
struct WriterRange
{
    std::int64_t first = 0;
    std::int64_t count = 0;
};

/// One backward pass from `metric` to the taps that the readers of `graph` need, not to the
/// weights. The autograd graph is kept, so that the loss can follow.
TapGradients tap_gradients(
    const torch::Tensor& metric, const ForwardTaps& taps, const ComputationalGraph& graph);

/// The last block after its attention, and the final norm, at the rows that predict a target alone:
/// a metric needs no more of them, and so neither does its backward pass.
struct MetricTail
{
    torch::Tensor rows; ///< int64, [target]: index into the flattened [batch · position]
    LayerTaps last; ///< of the last block, [target, …]; what lies before W_O is picked
    torch::Tensor final_input; ///< [target, d_model]
    torch::Tensor hidden; ///< as Transformer::hidden(), [target, d_model]
};
MetricTail metric_tail(
    const Transformer& model, const ForwardTaps& taps, const torch::Tensor& rows);

/// tap_gradients() of a metric made from the tail of that pass: the same, with less work.
TapGradients tap_gradients(const torch::Tensor& metric, const MetricTail& tail,
    const ForwardTaps& taps, const ComputationalGraph& graph);

/// Puts those of the last block's MLP and of the final norm's input, at `rows` alone as in a
/// MetricTail, back at their places in the whole batch, whose taps are `last` and `final_input`. One
/// row may predict two targets.
void put_back(TapGradients& gradients, const torch::Tensor& rows, const LayerTaps& last,
    const torch::Tensor& final_input);

/// Rows of the flattened [batch · position] at which edges are scored, int64, ascending.
torch::Tensor scored_rows(const ScoredBatch& batch, ScoredPositions positions);

/// The scores of the examples added so far, for edges of `graph`.
class EdgeScores
{
public:
    /// Both must outlive the object.
    EdgeScores(const Transformer& model, const ComputationalGraph& graph,
        std::int64_t memory_bytes = default_scoring_memory);

    /// Adds `weight` times the scores at `rows`: writers as in `written`, readers as in `read` with
    /// their `gradients`. For eap the two passes are one; for eap-ig `read` is the pass at a point
    /// between baseline and clean input. Only edges from `writers` are scored; all where its count
    /// is 0.
    void add(const ForwardTaps& written, const BaselineActivations& baseline,
        const ForwardTaps& read, const TapGradients& gradients, const torch::Tensor& rows,
        double weight = 1, WriterRange writers = {});
    /// Changes the baseline of everything added from `from` to `to`; each is one value everywhere.
    void rebase(const BaselineActivations& from, const BaselineActivations& to);
    /// One per edge, float32 (float64 for a float64 model), on the model's device.
    torch::Tensor scores() const;

    /// Before anything is added: keeps the scores apart for blocks of the `examples` to come as
    /// well, which changes nothing of scores(). `rebased` says that rebase() will be called.
    /// next_batch() then says which batch the rows of add() belong to, and which of these examples
    /// its first one is.
    void keep_blocks(std::int64_t examples, bool rebased,
        std::int64_t memory_bytes = default_block_memory);
    void next_batch(const ScoredBatch& batch, std::int64_t first);
    /// Needs keep_blocks().
    BlockScores block_scores() const;

private:
    StreamGeometry geometry_;
    const ComputationalGraph& graph_;
    bool centring_; ///< the model's norms take the mean out
    std::int64_t rows_;
    torch::Tensor table_; ///< [upstream, downstream]
    torch::Tensor read_; ///< the sum of the gradients of each reader, [downstream, d_model]
    std::optional<BlockSums> blocks_;
};

/// The scores of one batch by `eap`, one per edge of `graph`.
torch::Tensor edge_scores(const Transformer& model, const ComputationalGraph& graph,
    const ForwardTaps& taps, const TapGradients& gradients, const BaselineActivations& baseline,
    const ScoredBatch& batch, ScoredPositions positions,
    std::int64_t memory_bytes = default_scoring_memory);

} // namespace circuitloom
