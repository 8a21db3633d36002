#include "core/evaluation/task_metric.h"

#include "core/base/error.h"
#include "core/evaluation/row_sums.h"

namespace circuitloom {

namespace {

torch::Tensor at_least_float32(const torch::Tensor& x)
{
    return x.scalar_type() == torch::kFloat64 ? x : x.to(torch::kFloat32);
}

// The metric averaged over examples, of so many logits at a time.
RowsTerm metric_term(const ScoredBatch& batch, MetricKind kind, const torch::Tensor& reference)
{
    return [&batch, kind, &reference](const torch::Tensor& logits, std::int64_t first) {
        const std::int64_t count = logits.size(0);
        const ScoredBatch some = targets_of(batch, first, count);
        const auto of_some = targets_of(reference, first, count);
        return (metric_values(logits, some, kind, of_some) * some.weight).sum();
    };
}

torch::Tensor pick(const torch::Tensor& table, const torch::Tensor& ids)
{
    return table.gather(1, ids.unsqueeze(1)).squeeze(1);
}

void require_alternatives(const ScoredBatch& batch, MetricKind kind)
{
    if (!batch.all_alternatives)
        throw InputError("The metric " + std::string(metric_names[static_cast<std::size_t>(kind)])
            + " needs an alternative for every span of the task; one has none. Use log-prob or kl, "
              "or give each span an alternative.");
}

} // namespace

torch::Tensor logits_at(
    const Transformer& model, const torch::Tensor& hidden, const torch::Tensor& rows)
{
    return at_least_float32(
        model.unembed(hidden.reshape({ -1, hidden.size(-1) }).index_select(0, rows)));
}

torch::Tensor target_logits(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    return logits_at(model, hidden, batch.row);
}

torch::Tensor metric_values(const torch::Tensor& logits, const ScoredBatch& batch, MetricKind kind,
    const torch::Tensor& reference)
{
    switch (kind) {
    case MetricKind::logit_diff:
        require_alternatives(batch, kind);
        return pick(logits, batch.target) - pick(logits, batch.alternative);
    case MetricKind::log_prob:
        return pick(torch::log_softmax(logits, -1), batch.target);
    case MetricKind::prob_diff: {
        require_alternatives(batch, kind);
        const auto probabilities = torch::softmax(logits, -1);
        return pick(probabilities, batch.target) - pick(probabilities, batch.alternative);
    }
    case MetricKind::kl:
        if (!reference.defined())
            throw Error("The metric kl needs the untouched model's predictions; there are none.");
        return (reference.exp() * (reference - torch::log_softmax(logits, -1))).sum(-1);
    }
    return {};
}

torch::Tensor task_metric(const Transformer& model, const torch::Tensor& hidden,
    const ScoredBatch& batch, MetricKind kind, const torch::Tensor& reference, std::int64_t at_once)
{
    return sum_over_rows(model, hidden, batch.row, metric_term(batch, kind, reference), at_once);
}

torch::Tensor task_metric_of_rows(const Transformer& model, const torch::Tensor& rows,
    const ScoredBatch& batch, MetricKind kind, const torch::Tensor& reference, std::int64_t at_once)
{
    return sum_over_picked(model, rows, metric_term(batch, kind, reference), at_once);
}

torch::Tensor metric_reference(const Transformer& untouched, const ScoredBatch& batch)
{
    const torch::NoGradGuard no_grad;
    return torch::log_softmax(target_logits(untouched, untouched.hidden(batch.ids), batch), -1);
}

torch::Tensor logit_difference(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    return task_metric(model, hidden, batch, MetricKind::logit_diff);
}

TextRows text_rows(const ScoredBatch& batch)
{
    return { batch.text_row, batch.text_next };
}

torch::Tensor next_token_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    const TextRows text = text_rows(batch);
    const auto sum = sum_over_rows(
        model, hidden, text.row, [&text](const torch::Tensor& logits, std::int64_t first) {
            return torch::cross_entropy_loss(
                logits, text.next.narrow(0, first, logits.size(0)), {}, at::Reduction::Sum);
        });
    return sum / text.row.size(0);
}

} // namespace circuitloom
