#pragma once

#include "core/model/recomputed_pass.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace circuitloom {

/// Low-rank additions to the blocks' matrices (LoRA, arXiv 2106.09685): W = W₀ + (alpha / rank) A
/// B, A [in, rank] and B [rank, out] per matrix, A drawn from a normal distribution of deviation
/// 1/√in, B zero. Queries, keys and values, and the gate, are matrices of their own.
///
/// The additions are always merged: W stands in the model itself, so that the forward pass,
/// evaluation and export are those of any model. Beside A and B a copy of each W₀ is held.
class LoraAdapter
{
public:
    /// One matrix with its addition: columns [column, column + columns) of one tensor.
    struct Addition
    {
        ParameterPlace place;
        std::int64_t column = 0;
        std::int64_t columns = 0;
        torch::Tensor frozen; ///< W₀
        torch::Tensor a;
        torch::Tensor b;
    };

    /// `model` must outlive the adapter, which changes its weights in compose() alone.
    LoraAdapter(
        Transformer& model, int rank, double alpha, const LoraTargets& targets, std::uint64_t seed);

    const std::vector<Addition>& additions() const { return additions_; }
    double scale() const { return scale_; }
    /// A and B of every matrix, in turn.
    std::vector<torch::Tensor*> tensors();
    std::vector<const torch::Tensor*> tensors() const;
    /// Their entries together.
    std::int64_t count() const;

    /// ∂loss/∂ of each of tensors(), from the inputs and outputs of the pass that gave `loss`,
    /// whose autograd graph is freed: with g the gradient of a matrix's output and s the scale, ∂A
    /// = s xᵀ (g Bᵀ) and ∂B = s (x A)ᵀ g.
    std::vector<torch::Tensor> gradients(const torch::Tensor& loss, const ForwardTaps& taps) const;
    /// The same of a pass that reaches down to lowest_layer().
    std::vector<torch::Tensor> gradients(const torch::Tensor& loss, RecomputedPass& pass) const;
    int lowest_layer() const { return additions_.front().place.layer; }
    /// Puts W = W₀ + s A B into the model.
    void compose();

private:
    Transformer& model_;
    double scale_;
    std::vector<Addition> additions_;
};

} // namespace circuitloom
