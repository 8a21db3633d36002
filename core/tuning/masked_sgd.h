#pragma once

#include "core/tuning/masked_optimizer.h"
#include "core/tuning/optimizer_memory.h"

namespace circuitloom {

struct SgdSettings
{
    double momentum = 0.9;
    double weight_decay = 1e-4;
};

/// Stochastic gradient descent with momentum and weight decay, inside a mask:
///     v ← momentum · v + (∇ + weight_decay · w),   w ← w − learning_rate · v
/// for open entries only.
class MaskedSgd : public MaskedOptimizer
{
public:
    explicit MaskedSgd(
        const SgdSettings& settings, KeptWeights kept = KeptWeights::where_rounded)
        : settings_(settings)
        , memory_({ "momentum" }, kept)
    {
    }

    void reserve(
        const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask) override;
    void step(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask,
        const std::vector<torch::Tensor>& gradients, double learning_rate) override;
    OptimizerMemory& memory() override { return memory_; }
    void save(TrainingState& state) const override;
    void restore(const TrainingState& state, const OpenedEntries& opened,
        const std::vector<torch::Tensor*>& tensors) override;

private:
    SgdSettings settings_;
    OptimizerMemory memory_;
};

} // namespace circuitloom
