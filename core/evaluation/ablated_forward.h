#pragma once

#include "core/evaluation/ablation_plan.h"
#include "core/evaluation/baseline_activations.h"
#include "core/model/transformer.h"

#include <cstdint>

namespace circuitloom {

/// The bytes that ablated_hidden() may hold at a time beside the activations of a plain forward
/// pass.
inline constexpr std::int64_t default_ablation_memory = std::int64_t{ 1 } << 29;

/// The final norm's output, [batch, position, d_model], of a forward pass in which edges are
/// ablated: the reader v of an ablated edge u→v sees ã_u, the baseline, where it would see a_u,
/// while every other reader of u goes on seeing a_u (algorithm.md, section 6). So each reader has
/// an input of its own,
///
///     x_v = Σ_{u kept} a_u + Σ_{u ablated} ã_u + the shared biases,
///
/// where a_u is what u writes in this very pass. `ids` is int64 [batch, position]; `where`, bool of
/// the same shape, says at which positions the edges are ablated: elsewhere every reader sees the
/// residual stream. `baseline` belongs to this batch. Without gradients.
///
/// Readers that keep the same edges share a stream; the others' come from one product per stage of
/// a 0/1 mask with the stored differences. The batch is cut so that these fit `memory_bytes`, but
/// one example is always taken whole.
torch::Tensor ablated_hidden(const Transformer& model, const ComputationalGraph& graph,
    const AblationPlan& plan, const torch::Tensor& ids, const torch::Tensor& where,
    const BaselineActivations& baseline, std::int64_t memory_bytes = default_ablation_memory);

} // namespace circuitloom
