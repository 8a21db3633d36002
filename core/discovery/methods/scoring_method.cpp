#include "core/discovery/methods/scoring_method.h"

#include "core/base/error.h"
#include "core/discovery/memory.h"
#include "core/discovery/resampling.h"
#include "core/evaluation/task_metric.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

/// While it lives, parameters ask for no gradients; those that did do so again afterwards.
class FrozenParameters
{
public:
    explicit FrozenParameters(Transformer& model)
    {
        for (auto* tensor : model.weights().all())
            if (tensor->requires_grad())
                asked_for_gradients_.push_back(*tensor);
        model.set_requires_grad(false);
    }
    ~FrozenParameters()
    {
        for (torch::Tensor& tensor : asked_for_gradients_)
            tensor.requires_grad_();
    }
    FrozenParameters(const FrozenParameters&) = delete;
    FrozenParameters& operator=(const FrozenParameters&) = delete;

private:
    std::vector<torch::Tensor> asked_for_gradients_;
};

/// The longest example's tokens, and the most targets of one.
struct LargestExample
{
    explicit LargestExample(std::span<const EncodedExample> examples)
    {
        for (const EncodedExample& example : examples) {
            tokens = std::max(tokens, static_cast<std::int64_t>(example.ids.size()));
            targets = std::max(targets, static_cast<std::int64_t>(example.targets.size()));
        }
    }
    std::int64_t tokens = 0;
    std::int64_t targets = 0;
};

ScoredBatch batch_at(const Transformer& model, std::span<const EncodedExample> examples,
    std::size_t index, std::size_t size)
{
    std::vector<const EncodedExample*> part;
    for (std::size_t i = index * size; i < std::min(examples.size(), (index + 1) * size); ++i)
        part.push_back(&examples[i]);
    return make_batch(part, model.device(), model.dtype());
}

// Without gradients, or from an embedding that asks for one. The model is the untouched one, so
// kl's reference is what it gives itself.
CleanPass clean_pass(
    const Transformer& model, ScoredBatch batch, MetricKind kind, bool gradients, double& metric)
{
    CleanPass pass;
    pass.batch = std::move(batch);
    if (kind == MetricKind::kl)
        pass.reference = metric_reference(model, pass.batch);
    gradients = gradients && !model.spread(); // those of spread blocks are taken block by block
    const torch::AutoGradMode mode(gradients);
    ForwardEdits root;
    if (gradients)
        root.embedding = model.embed(pass.batch.ids).requires_grad_();
    const auto hidden = model.hidden(pass.batch.ids, &pass.taps, root);
    const torch::NoGradGuard no_grad;
    metric = task_metric(model, hidden, pass.batch, kind, pass.reference).item<double>();
    return pass;
}

} // namespace

DiscoveredEdges GradientMethod::score(Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, const DiscoveryPlan& plan) const
{
    const FrozenParameters frozen(model);
    const LargestExample largest(examples);
    const auto element = static_cast<std::int64_t>(c10::elementSize(model.dtype()));
    // Of what was allowed, half is for the scores of blocks.
    const bool allowed = plan.memory_bytes > 0 && plan.resamples > 0;
    const std::int64_t block_bytes
        = allowed ? std::min(plan.memory_bytes / 2, default_block_memory) : default_block_memory;
    const DiscoveryMemory division = divide_memory(model.config(), model.device(),
        allowed ? plan.memory_bytes - block_bytes : plan.memory_bytes, plan.batch, largest.tokens,
        element);
    const auto size = static_cast<std::size_t>(division.batch);
    const auto total = static_cast<std::int64_t>(examples.size());

    DiscoveredEdges found;
    double metric_of_batch = 0;
    std::int64_t done = 0;
    BatchedSet set;
    set.batches = (examples.size() + size - 1) / size;
    set.examples = total;
    set.pass = [&](std::size_t index, bool gradients) {
        if (plan.stop.stop_requested())
            throw Cancelled("The discovery was stopped.");
        return clean_pass(model, batch_at(model, examples, index, size), plan.options.metric,
            gradients, metric_of_batch);
    };
    set.scored = [&](const CleanPass& pass) {
        found.metric += static_cast<double>(pass.batch.examples) / static_cast<double>(total)
            * metric_of_batch;
        done += pass.batch.examples;
        if (plan.progress)
            plan.progress(static_cast<int>(done), static_cast<int>(total));
    };
    BlockScores blocks;
    found.scores = score_set(model, graph, *this, plan.options, set, division.scoring,
        plan.resamples > 0 ? &blocks : nullptr, block_bytes)
                       .to(torch::kCPU)
                       .contiguous();
    const auto rows_of_each
        = plan.options.positions == ScoredPositions::all ? largest.tokens : largest.targets;
    found.predicted_bytes = predicted_memory(
        model.config(), graph, division, largest.tokens, rows_of_each * division.batch, element);
    if (plan.resamples > 0) {
        const auto of_number = element == 8 ? element : 4; // as EdgeScores adds up
        const Resampling how{ plan.resamples, plan.seed, plan.selection, {} };
        found.predicted_bytes += BlockSums::predicted_bytes(graph, model.config().d_model, total,
                                     plan.options.baseline == Baseline::mean, of_number, block_bytes)
            + resampling_bytes(graph, how, std::ssize(blocks.examples), of_number);
        const auto before = std::chrono::steady_clock::now();
        found.certainty = resample_scores(graph, blocks, how);
        found.resampling_seconds = std::chrono::duration<double>(
            std::chrono::steady_clock::now() - before)
                                       .count();
    }
    return found;
}

const ScoringMethod& scoring_method(AttributionMethod method)
{
    switch (method) {
    case AttributionMethod::eap:
        return eap_method();
    case AttributionMethod::eap_ig:
        return eap_ig_method();
    case AttributionMethod::exact:
        return exact_method();
    case AttributionMethod::random:
        return random_method();
    }
    throw InputError("There is no way of scoring edges with the number "
        + std::to_string(static_cast<int>(method)) + ".");
}

const GradientMethod& step_scoring_method(AttributionMethod method)
{
    const auto* found = dynamic_cast<const GradientMethod*>(&scoring_method(method));
    if (!found)
        throw InputError("circuit.attribution cannot be "
            + std::string(attribution_info(method).name) + ": "
            + std::string(attribution_info(method).not_for_tuning));
    return *found;
}

} // namespace circuitloom
