#pragma once

#include "core/tuning/masked_optimizer.h"
#include "core/tuning/optimizer_memory.h"

namespace circuitloom {

struct AdamWSettings
{
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 1e-4;
};

/// AdamW (arXiv 1711.05101) inside a mask:
///     m ← β1 m + (1 − β1) ∇,   v ← β2 v + (1 − β2) ∇²,
///     w ← (1 − η λ) w − η (m / (1 − β1ᵗ)) / (√(v / (1 − β2ᵗ)) + ε)
/// for open entries only. t counts the steps in which the entry itself was open: an entry that
/// opens late starts as it would have at the first step.
class MaskedAdamW : public MaskedOptimizer
{
public:
    explicit MaskedAdamW(
        const AdamWSettings& settings, KeptWeights kept = KeptWeights::where_rounded)
        : settings_(settings)
        , memory_({ "mean", "square" }, kept, { "steps" })
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
    /// t of the slice's rows, columns or entries, this step included: float64.
    torch::Tensor count_step(const torch::Tensor& tensor, const ParameterSlice& slice,
        const OptimizerMemory::Entries& entries);

    AdamWSettings settings_;
    OptimizerMemory memory_;
    /// t of each tensor, float64, one for each of its rows or columns: its slices lie along one
    /// dimension. Undefined until it first opens, and where single entries are opened.
    std::vector<torch::Tensor> steps_;
};

} // namespace circuitloom
