#pragma once

#include "core/run/run_config.h"
#include "core/tuning/checkpoint_entries.h"
#include "core/tuning/optimizer_memory.h"
#include "core/tuning/parameter_mask.h"

#include <torch/types.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace circuitloom {

/// An optimizer that works inside a mask: a frozen entry keeps its value, and what the optimizer
/// remembers of it, bit by bit; when it opens again it goes on from there.
class MaskedOptimizer
{
public:
    virtual ~MaskedOptimizer() = default;

    /// Takes the memory that step() with the same arguments keeps, so that where there is too little
    /// nothing has changed yet.
    virtual void reserve(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask) = 0;
    /// One update of `tensors`, always the same ones, which the slices of `mask` point into.
    /// `gradients` has one tensor per slice, shaped as the slice; an undefined one counts as zero.
    virtual void step(const std::vector<torch::Tensor*>& tensors, const ParameterMask& mask,
        const std::vector<torch::Tensor>& gradients, double learning_rate)
        = 0;

    /// What it remembers.
    virtual OptimizerMemory& memory() = 0;
    /// Saves what the optimizer remembers of the entries that were ever opened.
    virtual void save(TrainingState& state) const = 0;
    /// `tensors` are those that step() will be given; see OptimizerMemory::restore().
    virtual void restore(const TrainingState& state, const OpenedEntries& opened,
        const std::vector<torch::Tensor*>& tensors)
        = 0;
};

std::unique_ptr<MaskedOptimizer> make_optimizer(
    const RunConfig& config, KeptWeights kept = KeptWeights::where_rounded);

/// Shortens the gradient, taken as one vector over all slices, to `longest`. Throws Error where it
/// is not finite. Returns its length before.
double clip_gradients(std::vector<torch::Tensor>& gradients, double longest);

/// On a CPU the passes of an update are made over stretches of rows that stay in its cache: calls
/// use(first, count) for each stretch of `weight`'s rows; on a GPU once for all.
template <class Use>
void for_each_stretch(const torch::Tensor& weight, const Use& use)
{
    constexpr std::int64_t entries_at_once = std::int64_t{ 1 } << 17;
    const auto rows = weight.size(0);
    const auto stretch = weight.is_cpu() ? std::max<std::int64_t>(
                             1, entries_at_once * rows / std::max<std::int64_t>(1, weight.numel()))
                                         : rows;
    for (std::int64_t first = 0; first < rows; first += stretch)
        use(first, std::min(stretch, rows - first));
}

} // namespace circuitloom
