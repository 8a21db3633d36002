#pragma once

#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tuning/batch_share.h"

#include <cstddef>

namespace circuitloom {

/// The loss of a batch without the metric's penalty (algorithm.md, section 5); a scalar, in nats.
///
/// - `standard`: next_token_loss();
/// - `weighted`: the same mean over the text's tokens, where the term of a target token counts 1/p
///   times, p being its probability in this very pass, taken as a constant and as no less than
///   1e-6, so that one hopeless token cannot drown the others;
/// - `target_only`: −log p of the targets, averaged over an example's spans, then over examples.
///
/// `hidden` is what Transformer::hidden() gave for the batch.
torch::Tensor training_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch, LossKind kind);

/// How much the loss of one of the set's batches counts in the mean over all: its predicted tokens,
/// or for `target_only` its examples.
double loss_share(const BatchShare& set, std::size_t batch, LossKind kind);
/// What those of all batches of a set come to.
double loss_shares(const BatchShare& set, LossKind kind);

} // namespace circuitloom
