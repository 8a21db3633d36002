#pragma once

#include "core/tuning/checkpoint_entries.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

struct SgdSettings
{
    double momentum = 0.9;
    double weight_decay = 1e-4;
};

/// Stochastic gradient descent with momentum and weight decay, inside a mask:
///     v ← momentum · v + (∇ + weight_decay · w),   w ← w − learning_rate · v
/// for open entries only. A frozen entry keeps its value and its momentum bit by bit; when it
/// opens again it goes on with the momentum it had.
class MaskedSgd
{
public:
    MaskedSgd(const Weights& weights, const SgdSettings& settings);

    /// One update. `gradients` has one tensor per slice of `mask`, shaped as the slice; an
    /// undefined one counts as zero.
    void step(Weights& weights, const ParameterMask& mask,
        const std::vector<torch::Tensor>& gradients, double learning_rate);

    /// The momentum, of the entries that were ever opened.
    void save(TrainingState& state, const OpenedEntries& opened) const;
    void restore(const TrainingState& state, const OpenedEntries& opened, const Weights& weights);

private:
    SgdSettings settings_;
    std::vector<torch::Tensor> momentum_; ///< one per tensor, made when it first opens
};

} // namespace circuitloom
