#pragma once

#include "core/distributed/ranks.h"
#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"

#include <vector>

namespace circuitloom {

/// Stands for the nodes' outputs where edges are patched, in terms of what the nodes write from:
/// the embedding, the heads' z and the MLPs' hidden units, divided by the scale of the norm behind
/// them where a family has one (HalfOutput::sources). Everything behind those is linear (z W_O,
/// hidden W_out). Shapes are [width] for one value everywhere, or [batch, position, width] as
/// of a corrupted prompt; a tensor is of either shape, whatever the others are.
struct BaselineActivations
{
    Baseline kind = Baseline::mean;
    torch::Tensor embedding; ///< width d_model
    std::vector<torch::Tensor> heads; ///< per layer, width heads · head_dim
    /// Per layer, width mlp_width. A whole MLP's output includes b_out, which its baseline has too
    /// unless `kind` is zero.
    std::vector<torch::Tensor> mlps;
};

/// Means over several batches, one add() each; padding does not count.
class MeanAccumulator
{
public:
    void add(const ForwardTaps& taps, const torch::Tensor& mask);
    /// Adds what the other processes added, of the same `model`; here it may be nothing.
    void share(const Ranks& ranks, const Transformer& model);
    /// Needs at least one add(), here or in a process that shared its sums.
    BaselineActivations mean() const;

private:
    BaselineActivations sums_;
    torch::Tensor tokens_;
    torch::Dtype type_ = torch::kFloat32; ///< of the model, and of the means; the sums are wider
};

/// All zero, on the model's device and in its dtype.
BaselineActivations zero_baseline(const Transformer& model);
/// The activations of a forward pass over the batch's corrupted prompts. Throws InputError where
/// an example has none.
BaselineActivations corrupted_baseline(const Transformer& model, const ScoredBatch& batch);

} // namespace circuitloom
