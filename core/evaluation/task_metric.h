#pragma once

#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"

namespace circuitloom {

/// The logit of each target minus that of its alternative, [target]. `hidden` is what
/// Transformer::hidden() gave for the batch.
torch::Tensor logit_differences(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);

/// `logit-diff`: those differences averaged over each example's spans, then over examples; a
/// scalar (algorithm.md, section 2).
torch::Tensor logit_difference(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);

/// Mean cross-entropy of the next token over every token but the first of each example, in nats; a
/// scalar. Padding does not count.
torch::Tensor next_token_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);

} // namespace circuitloom
