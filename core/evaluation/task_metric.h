#pragma once

#include "core/run/held_at_once.h"
#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"

namespace circuitloom {

/// The metrics of algorithm.md, section 2. `hidden` is what Transformer::hidden() gave for the
/// batch; only the rows that predict a target are unembedded. Probabilities are taken in float32 or
/// better whatever the model's dtype. All are differentiable; a task_metric() once, and however many
/// targets there are it holds logits of at most `at_once` entries (see sum_over_rows()).

/// Logits of `rows` of the flattened [batch · position], [row, vocabulary], in float32 or better.
torch::Tensor logits_at(
    const Transformer& model, const torch::Tensor& hidden, const torch::Tensor& rows);

/// Logits of the rows that predict a target, [target, vocabulary], in float32 or better.
torch::Tensor target_logits(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);

/// The metric of each target, [target], from target_logits(). `reference` is
/// metric_reference() of the same batch; only MetricKind::kl needs it. Throws InputError where
/// logit_diff or prob_diff is asked for and a target has no alternative, Error where kl lacks its
/// reference.
///
/// kl is KL(untouched ‖ current): 0, and with it its gradient, where the current pass is the
/// untouched one. There `eap` scores every edge 0; `eap-ig` and `exact` do not.
torch::Tensor metric_values(const torch::Tensor& logits, const ScoredBatch& batch, MetricKind kind,
    const torch::Tensor& reference = {});

/// The same, averaged (task_metric()), from `rows` of Transformer::hidden() that are already those
/// of batch.row, [target, d_model].
torch::Tensor task_metric_of_rows(const Transformer& model, const torch::Tensor& rows,
    const ScoredBatch& batch, MetricKind kind, const torch::Tensor& reference = {},
    std::int64_t at_once = logits_at_once);

/// metric_values() averaged over each example's spans, then over examples; a scalar.
torch::Tensor task_metric(const Transformer& model, const torch::Tensor& hidden,
    const ScoredBatch& batch, MetricKind kind, const torch::Tensor& reference = {},
    std::int64_t at_once = logits_at_once);

/// The reference of MetricKind::kl: the untouched model's log-probabilities of the rows that
/// predict a target, [target, vocabulary], without gradients. Runs the model.
torch::Tensor metric_reference(const Transformer& untouched, const ScoredBatch& batch);

/// task_metric() for MetricKind::logit_diff.
torch::Tensor logit_difference(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);

/// The rows of a batch that predict a token of its texts: all but the last of each example.
struct TextRows
{
    torch::Tensor row; ///< int64, [token]: index into the flattened [batch · position]
    torch::Tensor next; ///< int64, [token]: the token that comes there
};
TextRows text_rows(const ScoredBatch& batch);

/// Mean cross-entropy of the next token over every token but the first of each example, in nats; a
/// scalar. Padding does not count.
torch::Tensor next_token_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);

} // namespace circuitloom
