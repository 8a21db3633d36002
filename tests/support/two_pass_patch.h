#pragma once

#include "core/run/discovery_options.h"
#include "tests/support/reference_transformer.h"

#include <vector>

namespace circuitloom::testing {

/// What every upstream node writes, whole MLPs with their b_out, from a first pass.
std::vector<torch::Tensor> written_outputs(
    const Transformer& model, const ComputationalGraph& graph, const torch::Tensor& ids);

/// The baseline of every upstream node: [batch, position, d_model] or [d_model].
/// `mask` ([batch, position], bool) says which tokens count for the mean; `corrupted` are the ids
/// of the corrupted prompts.
std::vector<torch::Tensor> written_baselines(const Transformer& model,
    const ComputationalGraph& graph, Baseline kind, const torch::Tensor& ids,
    const torch::Tensor& mask, const torch::Tensor& corrupted);

/// Logits where the edges that are not `kept` carry their baseline at the positions `where`
/// ([batch, position, 1], 0 or 1). Reader after reader: a pass shows what each writer of the next
/// reader writes once all readers before it are patched, and that reader's input is changed
/// accordingly.
torch::Tensor patched_logits(const Transformer& model, const ComputationalGraph& graph,
    const std::vector<bool>& kept, const torch::Tensor& ids, const torch::Tensor& where,
    const std::vector<torch::Tensor>& baselines);

} // namespace circuitloom::testing
