#pragma once

#include "core/distributed/ranks.h"
#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"
#include "core/tasks/encoded_task.h"

#include <functional>
#include <span>
#include <vector>

namespace circuitloom {

struct TaskResult
{
    /// Share of targets whose logit exceeds the alternative's; of a target without an alternative,
    /// every other token's. This share and the next are NaN where logits of a target are.
    double accuracy = 0;
    double exact = 0; ///< share of targets whose logit exceeds every other token's
    double logit_difference = 0; ///< NaN where a target has no alternative
    double metric = 0; ///< of the kind asked for
    double log_prob = 0; ///< of the target, in nats
    /// exp of the mean cross-entropy per token of the texts; NaN where it was not asked for.
    double perplexity = 0;
    int examples = 0;
};

/// Adds up a TaskResult batch by batch, in float64 and without gradients; only share() and result()
/// copy to the host. Values are averaged over
/// an example's spans, then over examples; the result does not depend on the split into batches but
/// for rounding.
class TaskTally
{
public:
    explicit TaskTally(MetricKind kind)
        : kind_(kind)
    {
    }

    /// `hidden` is what Transformer::hidden() or a pass with ablated edges gave; `reference` is
    /// metric_reference() of the batch, for MetricKind::kl alone.
    void add(const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch,
        const torch::Tensor& reference = {});
    /// Counts the batch's texts towards the perplexity: unembeds every row, so it costs more.
    void add_text(const Transformer& model, const torch::Tensor& hidden, const ScoredBatch& batch);
    /// Adds what the other processes tallied of the same examples.
    void share(const Ranks& ranks);
    /// Needs at least one add(), here or in a process that shared its tally.
    TaskResult result() const;

private:
    /// On the model's device, so that a batch waits for no copy.
    struct Sums
    {
        // Numbers in float64; NaN where the model gave one.
        torch::Tensor metric, logit_difference, log_prob, text_nats, right, exact;
    };
    struct Counts
    {
        std::int64_t targets = 0;
        std::int64_t examples = 0;
        std::int64_t text_tokens = 0;
    };

    void begin(torch::Device device);

    MetricKind kind_;
    Sums sums_; ///< undefined before the first batch
    Counts counts_;
};

struct TaskEvaluation
{
    MetricKind metric = MetricKind::logit_diff;
    bool perplexity = false;
    const Transformer* untouched = nullptr; ///< what MetricKind::kl compares with
    /// Or what metric_references() gave of the untouched model, which then need not be held.
    std::span<const torch::Tensor> references = {};
    /// Before each batch, or before every process takes one; may throw, which ends the evaluation.
    std::function<void()> before_batch = {};
    /// The processes that deal the batches out among themselves; all get the same result.
    const Ranks& ranks = Ranks::none();
    /// Each batch is passed in so many, nearly equal; the result is the same but for rounding.
    int parts = 1;
};

/// Without gradients, `batch_size` examples at a time. `examples` must not be empty. Throws as
/// metric_values().
TaskResult evaluate_task(const Transformer& model, std::span<const EncodedExample> examples,
    int batch_size, const TaskEvaluation& what = {});

/// metric_reference() of each batch that evaluate_task() makes of the same examples: for all of
/// them targets × vocabulary numbers. Undefined for those that other processes take.
std::vector<torch::Tensor> metric_references(const Transformer& untouched,
    std::span<const EncodedExample> examples, int batch_size, const Ranks& ranks = Ranks::none());

} // namespace circuitloom
