#include "core/evaluation/task_metric.h"

namespace circuitloom {

torch::Tensor logit_differences(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    const auto rows = hidden.reshape({ -1, hidden.size(-1) }).index_select(0, batch.row);
    const auto logits = model.unembed(rows);
    const auto of = [&logits](const torch::Tensor& ids) {
        return logits.gather(1, ids.unsqueeze(1)).squeeze(1);
    };
    return of(batch.target) - of(batch.alternative);
}

torch::Tensor logit_difference(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    return (logit_differences(model, hidden, batch) * batch.weight).sum();
}

torch::Tensor next_token_loss(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    const auto last = batch.ids.size(1) - 1;
    // Only the rows that predict a token are unembedded.
    const auto counted = batch.mask.narrow(1, 1, last).reshape({ -1 }).nonzero().squeeze(1);
    const auto rows
        = hidden.narrow(1, 0, last).reshape({ -1, hidden.size(-1) }).index_select(0, counted);
    const auto next = batch.ids.narrow(1, 1, last).reshape({ -1 }).index_select(0, counted);
    return torch::cross_entropy_loss(model.unembed(rows), next);
}

} // namespace circuitloom
