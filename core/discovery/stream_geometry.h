#pragma once

#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

#include <torch/types.h>

namespace circuitloom {

struct BaselineActivations;
struct TapGradients;

/// What each node writes to the residual stream and the gradient each input reads from it, for
/// chosen rows of a batch, from the taps of one forward pass and their gradients.
///
/// A head writes z_h W_O^h and a neuron group its hidden units times their rows of W_out: both are
/// linear. A query head sees (∂m/∂q_h) W_Q^hᵀ taken back through the norm, whose Jacobian at fixed
/// input is linear as well; likewise keys, values and the MLP's groups.
class StreamGeometry
{
public:
    StreamGeometry(const Transformer& model, const ComputationalGraph& graph);

    /// a_u − mean(a_u), [upstream node, row, d_model]. `rows` index the flattened [batch·position].
    torch::Tensor written(
        const ForwardTaps& taps, const BaselineActivations& means, const torch::Tensor& rows) const;
    /// ∂m/∂(input of v), [downstream node, row, d_model].
    torch::Tensor gradients(
        const ForwardTaps& taps, const TapGradients& gradients, const torch::Tensor& rows) const;
    /// Index of every edge in the flattened [upstream, downstream] table, int64, [edge].
    torch::Tensor edge_cells() const;

private:
    torch::Tensor through_norm(const torch::Tensor& gradient, const torch::Tensor& input,
        const torch::Tensor& weight) const;
    torch::Tensor attention_gradients(int layer, const torch::Tensor& qkv_gradient) const;
    torch::Tensor mlp_gradients(int layer, const torch::Tensor& mlp_in_gradient) const;

    const Transformer& model_;
    const ComputationalGraph& graph_;
};

} // namespace circuitloom
