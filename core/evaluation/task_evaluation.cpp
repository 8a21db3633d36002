#include "core/evaluation/task_evaluation.h"

#include "core/evaluation/task_metric.h"
#include "core/model/host_copy.h"
#include "core/run/held_at_once.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom {

namespace {

// Mean over spans, then the sum over the batch's examples, a number on the device.
torch::Tensor sum_over_examples(const torch::Tensor& values, const ScoredBatch& batch)
{
    return (values.to(torch::kFloat64) * batch.weight.to(torch::kFloat64)).sum()
        * static_cast<double>(batch.examples);
}

// 1 where it is so, 0 where it is not, and NaN where it cannot be said.
torch::Tensor counted(const torch::Tensor& is_so, const torch::Tensor& unknown)
{
    return is_so.to(torch::kFloat64)
        .masked_fill_(unknown, std::numeric_limits<double>::quiet_NaN());
}

// Whether each target is the likeliest token of all, as counted(), [target].
torch::Tensor likeliest(const torch::Tensor& logits, const ScoredBatch& batch)
{
    const auto [greatest, token] = logits.max(1); // NaN where any is
    return counted(token.eq(batch.target), greatest.isnan());
}

// Whether each target wins over its alternative, as counted(), [target]; `best` says it of those
// without.
torch::Tensor winners(
    const torch::Tensor& logits, const ScoredBatch& batch, const torch::Tensor& best)
{
    const auto rival = batch.alternative.clamp_min(0);
    const auto of_target = logits.gather(1, batch.target.unsqueeze(1)).squeeze(1);
    const auto of_rival = logits.gather(1, rival.unsqueeze(1)).squeeze(1);
    const auto beats
        = counted(of_target.gt(of_rival), of_target.isnan().logical_or(of_rival.isnan()));
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

void TaskTally::begin(torch::Device device)
{
    if (sums_.metric.defined())
        return;
    for (torch::Tensor* sum : { &sums_.metric, &sums_.logit_difference, &sums_.log_prob,
             &sums_.text_nats, &sums_.right, &sums_.exact })
        *sum = torch::zeros({}, torch::TensorOptions().device(device).dtype(torch::kFloat64));
}

void TaskTally::add(const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch,
    const torch::Tensor& reference)
{
    const torch::NoGradGuard no_grad;
    begin(model.device());
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
        sums_.metric += sum(kind_);
        sums_.log_prob += sum(MetricKind::log_prob);
        if (batch.all_alternatives)
            sums_.logit_difference += sum(MetricKind::logit_diff);
        else
            sums_.logit_difference += std::numeric_limits<double>::quiet_NaN();
        const auto best = likeliest(logits, some);
        sums_.right += winners(logits, some, best).sum();
        sums_.exact += best.sum();
    }
    counts_.targets += targets;
    counts_.examples += batch.examples;
}

void TaskTally::add_text(
    const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch)
{
    const torch::NoGradGuard no_grad;
    begin(model.device());
    const TextRows text = text_rows(batch);
    const auto rows = hidden.reshape({ -1, hidden.size(-1) }).index_select(0, text.row);
    const auto tokens = rows.size(0);
    const std::int64_t stretch = logit_rows_at_once(model.config());
    for (std::int64_t first = 0; first < tokens; first += stretch) {
        const auto count = std::min(stretch, tokens - first);
        const auto logits = model.unembed(rows.narrow(0, first, count)).to(torch::kFloat64);
        sums_.text_nats -= torch::log_softmax(logits, -1)
                               .gather(1, text.next.narrow(0, first, count).unsqueeze(1))
                               .sum();
    }
    counts_.text_tokens += tokens;
}

void TaskTally::share(const Ranks& ranks)
{
    if (ranks.alone())
        return;
    begin(torch::kCPU); // a process that has passed nothing
    const std::vector<torch::Tensor> device{ sums_.metric, sums_.logit_difference, sums_.log_prob,
        sums_.text_nats, sums_.right, sums_.exact };
    // The counts are far below 2^53.
    std::vector<double> values;
    for (const torch::Tensor& sum : on_host(device))
        values.push_back(sum.item<double>());
    for (const std::int64_t count : { counts_.targets, counts_.examples, counts_.text_tokens })
        values.push_back(static_cast<double>(count));
    ranks.sum(values);
    const auto number
        = [&values](std::size_t i) { return torch::tensor(values[i], torch::kFloat64); };
    const auto count
        = [&values](std::size_t i) { return static_cast<std::int64_t>(std::llround(values[i])); };
    sums_ = { number(0), number(1), number(2), number(3), number(4), number(5) };
    counts_ = { count(6), count(7), count(8) };
}

TaskResult TaskTally::result() const
{
    const auto read = on_host({ sums_.metric, sums_.logit_difference, sums_.log_prob,
        sums_.text_nats, sums_.right, sums_.exact });
    const auto sum = [&read](std::size_t i) { return read[i].item<double>(); };
    const auto examples = static_cast<double>(counts_.examples);
    const auto targets = static_cast<double>(counts_.targets);
    TaskResult result;
    result.metric = sum(0) / examples;
    result.logit_difference = sum(1) / examples;
    result.log_prob = sum(2) / examples;
    result.perplexity = std::exp(sum(3) / static_cast<double>(counts_.text_tokens));
    result.accuracy = sum(4) / targets;
    result.exact = sum(5) / targets;
    result.examples = static_cast<int>(counts_.examples);
    return result;
}

TaskResult evaluate_task(const Transformer& model, std::span<const EncodedExample> examples,
    int batch_size, const TaskEvaluation& what)
{
    const torch::NoGradGuard no_grad;
    TaskTally tally(what.metric);
    const bool compares = what.untouched && what.metric == MetricKind::kl;
    const auto pass = [&](const ScoredBatch& batch, const torch::Tensor& reference) {
        const auto hidden = model.hidden(batch.ids);
        tally.add(
            model, hidden, batch, compares ? metric_reference(*what.untouched, batch) : reference);
        if (what.perplexity)
            tally.add_text(model, hidden, batch);
    };
    for (std::size_t i = 0; i < batches_of(examples, batch_size); ++i) {
        if (what.before_batch && what.ranks.begins_round(i))
            what.before_batch();
        if (!what.ranks.takes(i))
            continue;
        const ScoredBatch batch = batch_of(model, examples, batch_size, i);
        const auto reference = i < what.references.size() ? what.references[i] : torch::Tensor();
        for (std::int64_t part = 0; part < what.parts; ++part) {
            const std::int64_t first = batch.examples * part / what.parts;
            const std::int64_t count = batch.examples * (part + 1) / what.parts - first;
            if (count == batch.examples) {
                pass(batch, reference);
            } else if (count > 0) {
                const TargetRange targets = targets_of_examples(batch, first, count);
                pass(examples_of(batch, first, count),
                    targets_of(reference, targets.first, targets.count));
            }
        }
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
