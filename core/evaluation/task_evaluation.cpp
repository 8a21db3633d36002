#include "core/evaluation/task_evaluation.h"

#include "core/run/held_at_once.h"
#include "core/evaluation/task_metric.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace circuitloom {

namespace {

// Mean over spans, then the sum over the batch's examples.
double sum_over_examples(const torch::Tensor& values, const ScoredBatch& batch)
{
    return (values.to(torch::kFloat64) * batch.weight.to(torch::kFloat64)).sum().item<double>()
        * static_cast<double>(batch.examples);
}

// Whether each target is the likeliest token of all, bool [target].
torch::Tensor likeliest(const torch::Tensor& logits, const ScoredBatch& batch)
{
    return logits.argmax(1).eq(batch.target);
}

// Whether each target wins over its alternative, bool [target]; `best` says it of those without.
torch::Tensor winners(
    const torch::Tensor& logits, const ScoredBatch& batch, const torch::Tensor& best)
{
    const auto rival = batch.alternative.clamp_min(0);
    const auto beats = logits.gather(1, batch.target.unsqueeze(1))
                           .gt(logits.gather(1, rival.unsqueeze(1)))
                           .squeeze(1);
    return torch::where(batch.alternative.lt(0), best, beats);
}

std::size_t batches_of(std::span<const EncodedExample> examples, int batch_size)
{
    const auto each = static_cast<std::size_t>(batch_size);
    return (examples.size() + each - 1) / each;
}

ScoredBatch batch_of(const Transformer& model, std::span<const EncodedExample> examples,
    int batch_size, std::size_t index)
{
    const auto each = static_cast<std::size_t>(batch_size);
    const auto first = index * each;
    std::vector<const EncodedExample*> part;
    for (const EncodedExample& example :
        examples.subspan(first, std::min(each, examples.size() - first)))
        part.push_back(&example);
    return make_batch(part, model.device(), model.dtype());
}

} // namespace

void TaskTally::add(const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch,
    const torch::Tensor& reference)
{
    const torch::NoGradGuard no_grad;
    const std::int64_t targets = batch.row.size(0);
    const std::int64_t stretch = logit_rows_at_once(model.config());
    for (std::int64_t first = 0; first < targets; first += stretch) {
        const std::int64_t count = std::min(stretch, targets - first);
        const ScoredBatch some = targets_of(batch, first, count);
        const auto logits = target_logits(model, hidden, some);
        const auto of_some = targets_of(reference, first, count);
        const auto sum = [&](MetricKind kind) {
            return sum_over_examples(metric_values(logits, some, kind, of_some), some);
        };
        metric_ += sum(kind_);
        log_prob_ += sum(MetricKind::log_prob);
        logit_difference_ += batch.all_alternatives ? sum(MetricKind::logit_diff)
                                                    : std::numeric_limits<double>::quiet_NaN();
        const auto best = likeliest(logits, some);
        right_ += winners(logits, some, best).sum().item<std::int64_t>();
        exact_ += best.sum().item<std::int64_t>();
    }
    targets_ += targets;
    examples_ += batch.examples;
}

void TaskTally::add_text(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    const torch::NoGradGuard no_grad;
    const TextRows text = text_rows(batch);
    const auto rows = hidden.reshape({ -1, hidden.size(-1) }).index_select(0, text.row);
    const auto tokens = rows.size(0);
    const std::int64_t stretch = logit_rows_at_once(model.config());
    for (std::int64_t first = 0; first < tokens; first += stretch) {
        const auto count = std::min(stretch, tokens - first);
        const auto logits = model.unembed(rows.narrow(0, first, count)).to(torch::kFloat64);
        text_nats_ -= torch::log_softmax(logits, -1)
                          .gather(1, text.next.narrow(0, first, count).unsqueeze(1))
                          .sum()
                          .item<double>();
    }
    text_tokens_ += tokens;
}

void TaskTally::share(const Ranks& ranks)
{
    if (ranks.alone())
        return;
    // The counts are far below 2^53.
    std::array values{ metric_, logit_difference_, log_prob_, text_nats_,
        static_cast<double>(right_), static_cast<double>(exact_), static_cast<double>(targets_),
        static_cast<double>(examples_), static_cast<double>(text_tokens_) };
    ranks.sum(values);
    metric_ = values[0];
    logit_difference_ = values[1];
    log_prob_ = values[2];
    text_nats_ = values[3];
    right_ = std::llround(values[4]);
    exact_ = std::llround(values[5]);
    targets_ = std::llround(values[6]);
    examples_ = std::llround(values[7]);
    text_tokens_ = std::llround(values[8]);
}

TaskResult TaskTally::result() const
{
    const auto examples = static_cast<double>(examples_);
    TaskResult result;
    result.accuracy = static_cast<double>(right_) / static_cast<double>(targets_);
    result.exact = static_cast<double>(exact_) / static_cast<double>(targets_);
    result.logit_difference = logit_difference_ / examples;
    result.metric = metric_ / examples;
    result.log_prob = log_prob_ / examples;
    result.perplexity = std::exp(text_nats_ / static_cast<double>(text_tokens_));
    result.examples = static_cast<int>(examples_);
    return result;
}

TaskResult evaluate_task(const Transformer& model, std::span<const EncodedExample> examples,
    int batch_size, const TaskEvaluation& what)
{
    const torch::NoGradGuard no_grad;
    TaskTally tally(what.metric);
    for (std::size_t i = 0; i < batches_of(examples, batch_size); ++i) {
        if (what.before_batch && what.ranks.begins_round(i))
            what.before_batch();
        if (!what.ranks.takes(i))
            continue;
        const ScoredBatch batch = batch_of(model, examples, batch_size, i);
        const auto hidden = model.hidden(batch.ids);
        tally.add(model, hidden, batch,
            what.untouched                   ? metric_reference(*what.untouched, batch)
                : i < what.references.size() ? what.references[i]
                                             : torch::Tensor());
        if (what.perplexity)
            tally.add_text(model, hidden, batch);
    }
    tally.share(what.ranks);
    return tally.result();
}

std::vector<torch::Tensor> metric_references(const Transformer& untouched,
    std::span<const EncodedExample> examples, int batch_size, const Ranks& ranks)
{
    std::vector<torch::Tensor> references;
    for (std::size_t i = 0; i < batches_of(examples, batch_size); ++i)
        references.push_back(ranks.takes(i)
                ? metric_reference(untouched, batch_of(untouched, examples, batch_size, i))
                : torch::Tensor());
    return references;
}

} // namespace circuitloom
