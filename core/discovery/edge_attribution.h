#pragma once

#include "core/discovery/baseline_activations.h"
#include "core/evaluation/scored_batch.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"

#include <span>
#include <vector>

namespace circuitloom {

/// Edge attribution patching with the mean baseline (arXiv 2310.10348; algorithm.md, section 2):
/// s(u→v) = (1/B) Σ_b Σ_p < a_u[b,p] − mean(a_u), ∂m_b/∂(input of v)[b,p] >.
///
/// The forward pass only keeps handles (ForwardTaps). What each head or neuron group writes, and
/// the gradient each input sees through the norm in front of it, follow from those in closed form,
/// so one backward pass serves every edge and no per-head copy of the stream is made.

/// ∂m/∂ of the tapped tensors. Undefined tensors have no influence on the metric.
struct TapGradients
{
    std::vector<torch::Tensor> qkv; ///< per layer, shaped as LayerTaps::qkv
    std::vector<torch::Tensor> mlp_in; ///< per layer
    torch::Tensor final_input;
};

/// One backward pass from `metric` to the taps, not to the weights. The autograd graph is kept, so
/// that the loss can follow.
TapGradients tap_gradients(const torch::Tensor& metric, const ForwardTaps& taps);

/// The scores of one batch, one per edge of `graph`, on the model's device and in its dtype,
/// [edge]. Scores of several batches, weighted by their examples, add up to those of all of them.
torch::Tensor edge_scores(const Transformer& model, const ComputationalGraph& graph,
    const ForwardTaps& taps, const TapGradients& gradients, const BaselineActivations& means,
    const ScoredBatch& batch, ScoredPositions positions);

/// Scores of a whole set of examples: one pass for the means, one for the scores. Does not depend
/// on `batch_size` but for rounding. [edge], float64 on the CPU.
torch::Tensor discover_edges(const Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, ScoredPositions positions, int batch_size);

} // namespace circuitloom
