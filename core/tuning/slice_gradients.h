#pragma once

#include "core/model/recomputed_pass.h"
#include "core/model/transformer.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <cstddef>
#include <vector>

namespace circuitloom {

/// ∂loss/∂(the entries of every slice of `mask`), in that order; undefined where a slice has no
/// influence. One backward pass, which goes no deeper than the mask and only as far as the outputs
/// of the matrices concerned; the gradient of a slice then is the product of just its rows or
/// columns, so that what is frozen costs nothing. Where single entries of a matrix are meant, its
/// gradient is computed whole and only they are kept. Slices outside the blocks are parameters in
/// their own right and must require a gradient. `taps` are those of the pass that gave `loss`; its
/// autograd graph is freed.
std::vector<torch::Tensor> slice_gradients(const torch::Tensor& loss, const ForwardTaps& taps,
    const ParameterMask& mask, Weights& weights);

/// The same numbers from a pass that keeps the blocks' inputs alone, for a RecomputedPass that
/// reaches down to lowest_trained(). Both arguments must outlive the object.
class SliceGradients : public GradientTaker
{
public:
    SliceGradients(const ParameterMask& mask, Weights& weights);
    std::vector<torch::Tensor> wanted(int layer, const LayerTaps& taps) override;
    void take(int layer, const LayerTaps& taps,
        const std::vector<torch::Tensor>& gradients) override;
    /// As slice_gradients() returns them.
    std::vector<torch::Tensor>& gradients() { return gradients_; }

private:
    const ParameterMask& mask_;
    Weights& weights_;
    std::vector<torch::Tensor> gradients_;
    std::vector<std::size_t> slices_; ///< of what was last wanted, and its place in that
    std::vector<std::size_t> source_;
};

/// How far down a RecomputedPass must go for that mask: its lowest block, -1 for an embedding, the
/// number of blocks where it opens nothing in them.
int lowest_trained(const ParameterMask& mask, const Weights& weights);

} // namespace circuitloom
