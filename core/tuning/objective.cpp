#include "core/tuning/objective.h"

#include "core/evaluation/row_sums.h"
#include "core/evaluation/task_metric.h"

namespace circuitloom {

namespace {

constexpr double least_probability = 1e-6;

torch::Tensor weighted_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    const TextRows text = text_rows(batch);
    const auto scored = torch::zeros({ batch.mask.numel() }, batch.mask.options())
                            .index_fill_(0, batch.row, true)
                            .index_select(0, text.row);
    const auto sum = sum_over_rows(
        model, hidden, text.row, [&](const torch::Tensor& logits, std::int64_t first) {
            const auto next = text.next.narrow(0, first, logits.size(0));
            const auto log_probabilities
                = torch::log_softmax(logits, -1).gather(1, next.unsqueeze(1)).squeeze(1);
            const auto probability = log_probabilities.detach().exp().clamp_min(least_probability);
            const auto weight = torch::where(scored.narrow(0, first, logits.size(0)),
                probability.reciprocal(), torch::ones_like(probability));
            return -(weight * log_probabilities).sum();
        });
    return sum / text.row.size(0);
}

} // namespace

torch::Tensor training_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch, LossKind kind)
{
    switch (kind) {
    case LossKind::standard:
        break;
    case LossKind::weighted:
        return weighted_loss(model, hidden, batch);
    case LossKind::target_only:
        return -task_metric(model, hidden, batch, MetricKind::log_prob);
    }
    return next_token_loss(model, hidden, batch);
}

double loss_share(const BatchShare& set, std::size_t batch, LossKind kind)
{
    const std::int64_t examples = set.batches[batch].examples;
    // Every token but the first of each example is predicted.
    return static_cast<double>(
        kind == LossKind::target_only ? examples : set.batch_tokens[batch] - examples);
}

double loss_shares(const BatchShare& set, LossKind kind)
{
    return static_cast<double>(
        kind == LossKind::target_only ? set.examples : set.tokens - set.examples);
}

} // namespace circuitloom
