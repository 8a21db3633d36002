#pragma once

#include "core/architecture/model_size.h"
#include "core/evaluation/baseline_activations.h"
#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

#include <torch/types.h>

namespace circuitloom {

/// ∂m/∂ of the tapped tensors, detached. Undefined tensors have no influence on the metric.
struct TapGradients
{
    std::vector<torch::Tensor> qkv; ///< per layer, shaped as LayerTaps::qkv
    std::vector<torch::Tensor> mlp_in; ///< per layer; only where MLPs are split into groups
    std::vector<torch::Tensor> mlp_normed; ///< per layer; only where they are whole
    torch::Tensor final_input;
};

/// The readers behind one norm, neighbours in ComputationalGraph::nodes(), and the gradient that
/// each sees on the residual stream, in factors. At fixed input the Jacobian of a norm is
/// inv · (I − B Bᵀ / d_model) diag(w): inv is the reciprocal of the norm's scale, w its weight, and
/// the columns of B are the normalised input, its unit, and for LayerNorm ones. So the gradient is
/// (I − B Bᵀ / d_model) `scaled`, with `scaled` = inv · w ∘ ∂m/∂(the norm's output). Before the
/// logits the gradient is that of the final norm's input, `scaled` itself.
struct ReaderBlock
{
    std::int64_t first = 0; ///< the first reader, as an index into all nodes
    std::int64_t writers = 0; ///< how many upstream nodes they read: the first so many
    torch::Tensor scaled; ///< [reader, row, d_model]
    torch::Tensor row_sum; ///< of `scaled`, [reader, d_model]
    torch::Tensor width_sum; ///< of `scaled`, [reader, row]
};

/// The norms before the blocks' readers, in the blocks' order. Where a family has none, the units
/// are zeros and the scales ones.
struct ReadNorms
{
    torch::Tensor units; ///< the normalised inputs, before the norms' weights, [norm, row, d_model]
    torch::Tensor inverse; ///< the reciprocals of their scales, [norm, row, 1]
};

/// Computes what each node writes to the residual stream and the gradient each input reads from it,
/// for chosen rows of a batch, from the taps of one forward pass and their gradients.
///
/// A head writes z_h W_O^h and a neuron group its hidden units times their rows of W_out: both are
/// linear, behind a norm of the output with its scale held (HalfOutput). A query head sees
/// (∂m/∂q_h) W_Q^hᵀ taken back through the norm; likewise keys, values and the MLP's groups. Half
/// precision becomes float32 here.
class StreamGeometry
{
public:
    /// Both must outlive the object; the model's weights must stay as they are now. What the
    /// readers read through is formed for one layer when it is wanted, and kept where all layers
    /// take at most `kept_bytes`. One thread at a time may use the object.
    StreamGeometry(const Transformer& model, const ComputationalGraph& graph,
        std::int64_t kept_bytes = kept_read_through);

    /// a_u − ã_u, [upstream node, row, d_model]. `rows` index the flattened [batch · position].
    torch::Tensor written(const ForwardTaps& taps, const BaselineActivations& baseline,
        const torch::Tensor& rows) const;
    /// ã′_u − ã_u of two baselines that are one value everywhere, [upstream node, d_model].
    torch::Tensor written_difference(
        const BaselineActivations& minuend, const BaselineActivations& subtrahend) const;
    /// Blocks of readers: attention and MLP of each layer and, in the `full` graph, the logits.
    int blocks() const;
    /// How many of them, the first ones, have a norm before them where the family has norms there.
    int norms() const { return 2 * model_.config().layers; }
    ReadNorms read_norms(const ForwardTaps& taps, const torch::Tensor& rows) const;
    std::int64_t readers(int block) const;
    /// Keeps the weights that block() reads for the two blocks of readers of one layer.
    HeldBlock hold(int block) const;
    /// `norms_read` is read_norms() of the same taps and rows, `scaled` where the block's gradients
    /// go, [reader, row, d_model].
    ReaderBlock block(int index, const ForwardTaps& taps, const TapGradients& gradients,
        const ReadNorms& norms_read, const torch::Tensor& rows, torch::Tensor scaled) const;
    /// Index of every edge in the flattened [upstream, downstream] table, int64, [edge].
    torch::Tensor edge_cells() const;

private:
    /// W_Q, W_K and W_V, or W_in: [d_model, out].
    torch::Tensor in_weight(int layer, BlockHalf half) const;
    /// The same after the norm's own weight `norm`, where there is one.
    torch::Tensor read_through(int layer, BlockHalf half, const torch::Tensor& norm) const;
    torch::Tensor whole_mlp_written(int layer, const torch::Tensor& hidden) const;
    torch::Tensor written_by(const torch::Tensor& embedding,
        const std::vector<torch::Tensor>& heads, const std::vector<torch::Tensor>& mlps) const;
    bool whole_mlps() const { return graph_.options().mlp_group_size == 0; }

    const Transformer& model_;
    const ComputationalGraph& graph_;
    /// read_through() of each layer that was asked for; empty where none is kept.
    mutable std::vector<torch::Tensor> qkv_, mlp_in_;
};

} // namespace circuitloom
