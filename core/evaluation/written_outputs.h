#pragma once

#include "core/evaluation/baseline_activations.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

namespace circuitloom {

/// a_u − ã_u, [row, d_model], of the upstream node `node`. `change` is what it writes from less the
/// baseline of that: the embedding, or LayerTaps::head_sources or mlp_sources of the node's layer,
/// [row, width].
torch::Tensor written_difference(const Transformer& model, const ComputationalGraph& graph,
    const Node& node, const torch::Tensor& change, Baseline kind);

/// The outputs of all heads of a layer at their baselines `heads`, [width] or [row, width], and the
/// shared b_O, which always stays.
torch::Tensor baseline_attention(const Transformer& model, int layer, const torch::Tensor& heads);

/// The output of the MLP of a layer at its baseline. b_out is part of a whole MLP's output, so a
/// zero baseline has none; neuron groups share it and it stays.
torch::Tensor baseline_mlp(const Transformer& model, const ComputationalGraph& graph, int layer,
    const torch::Tensor& hidden, Baseline kind);

/// The rows of one of a BaselineActivations' tensors: unchanged where it is one value everywhere.
/// `rows` index the flattened [batch · position].
torch::Tensor baseline_rows(const torch::Tensor& baseline, const torch::Tensor& rows);

} // namespace circuitloom
