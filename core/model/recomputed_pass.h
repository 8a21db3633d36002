#pragma once

#include "core/model/transformer.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// Where the inputs of the blocks wait for the backward pass.
enum class KeptInputs
{
    on_device,
    on_host ///< in the main memory, of a CUDA device page-locked, so that copies run beside the
            ///< work
};

/// Says at which tensors of a backward pass gradients are wanted, and takes them.
class GradientTaker
{
public:
    virtual ~GradientTaker() = default;
    /// Tensors of block `layer` in the pass that gave `taps`: parameters of the block, or tensors
    /// of the taps. With `layer` = ModelConfig::layers, of what follows the blocks, and with -1, of
    /// the embedding; parameters alone then, and no taps.
    virtual std::vector<torch::Tensor> wanted(int layer, const LayerTaps& taps) = 0;
    /// Their gradients, in that order; undefined where one has no influence. `taps` are the same,
    /// and gone afterwards. Gradients are on.
    virtual void take(int layer, const LayerTaps& taps, const std::vector<torch::Tensor>& gradients)
        = 0;
};

/// A training pass that keeps of every block its input alone, [batch, position, d_model], and
/// computes the block anew in the backward pass ("gradient checkpointing", arXiv 1604.06174): the
/// numbers of one block are held at a time instead of those of all, for one more forward pass. The
/// same operations run in the same order, so losses and gradients are those of
/// Transformer::hidden(), and blocks below the lowest one that trains are neither kept nor computed
/// again.
///
/// Why this is no torch::autograd::Function around each block: gradients of slices and of low-rank
/// additions are products of what the matrices of a block read with the gradients at what they give
/// (core/tuning/slice_gradients.h), and both exist only while the block is computed anew. So the
/// backward pass goes block by block in the open, and a GradientTaker is called inside.
///
/// Scoring edges cannot use such a pass: a score joins what a node of one block writes with the
/// gradient in every later block, so what all nodes write must be there at once. Runs that
/// recompute score fewer examples at a time instead (examples_scored_anew() in
/// core/run/recomputation.h).
///
/// One thread at a time; `model` must outlive the pass, and its weights stay as they are until
/// backward() has returned.
class RecomputedPass
{
public:
    /// Passes `ids` as Transformer::hidden() does. Gradients will reach down to the block `lowest`,
    /// to the embedding where that is -1, and no block at all where it is ModelConfig::layers.
    RecomputedPass(const Transformer& model, torch::Tensor ids, int lowest, KeptInputs where);

    /// As Transformer::hidden(); its autograd graph ends at what the last block leaves.
    const torch::Tensor& hidden() const { return hidden_; }
    /// Takes the gradient of `objective`, a number made from hidden(), down through the blocks.
    /// Once; the graph of `objective` is freed.
    void backward(const torch::Tensor& objective, GradientTaker& taker);

private:
    torch::Tensor kept(const torch::Tensor& x) const;

    const Transformer& model_;
    torch::Tensor ids_;
    int lowest_;
    KeptInputs where_;
    PositionTables tables_;
    std::vector<torch::Tensor> inputs_; ///< of each block; undefined below the lowest
    torch::Tensor final_input_;
    torch::Tensor hidden_;
};

} // namespace circuitloom
