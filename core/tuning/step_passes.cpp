#include "core/tuning/step_passes.h"

#include "core/discovery/methods/scoring_method.h"
#include "core/evaluation/task_metric.h"
#include "core/run/recomputation.h"
#include "core/tuning/objective.h"
#include "core/tuning/step_sharing.h"

#include <utility>
#include <vector>

namespace circuitloom {

namespace {

double share_of(const BatchShare& batches, std::size_t batch)
{
    return static_cast<double>(batches.batches[batch].examples)
        / static_cast<double>(batches.examples);
}

double loss_part(const BatchShare& batches, std::size_t batch, LossKind kind)
{
    return loss_share(batches, batch, kind) / loss_shares(batches, kind);
}

} // namespace

StepPasses::StepPasses(const Transformer& model, const ComputationalGraph& graph,
    const RunConfig& config, const TuningStrategy& strategy, const Ranks& ranks)
    : model_(model)
    , graph_(graph)
    , config_(config)
    , strategy_(strategy)
    , ranks_(ranks)
    , scoring_(step_scoring_method(config.discovery.method))
{
    if (config.discovery.metric != MetricKind::kl)
        return;
    Weights copy = model.weights();
    for (auto* tensor : copy.all())
        *tensor = tensor->detach().clone();
    untouched_.emplace(model.config(), std::move(copy));
}

StepPasses::Pass StepPasses::forward(const ScoredBatch& batch, bool scored, bool trained) const
{
    Pass pass;
    torch::Tensor hidden;
    if (trained && !scored && config_.recompute_blocks) {
        pass.recomputed.emplace(model_, batch.ids, strategy_.lowest_trained(),
            config_.offload_inputs ? KeptInputs::on_host : KeptInputs::on_device);
        hidden = pass.recomputed->hidden();
    } else {
        ForwardEdits root;
        if (strategy_.needs_taps())
            root.embedding = model_.embed(batch.ids).requires_grad_();
        const bool taps = scored || (trained && strategy_.needs_taps());
        hidden = model_.hidden(batch.ids, taps ? &pass.taps : nullptr, root);
    }
    {
        const torch::AutoGradMode mode(trained && torch::GradMode::is_enabled());
        pass.loss = training_loss(model_, hidden, batch, config_.loss);
    }
    if (untouched_)
        pass.reference = metric_reference(*untouched_, batch);
    const torch::AutoGradMode mode(
        trained && config_.metric_penalty > 0 && torch::GradMode::is_enabled());
    pass.metric = task_metric(model_, hidden, batch, config_.discovery.metric, pass.reference);
    return pass;
}

torch::Tensor StepPasses::objective(const Pass& pass, const BatchShare& batches, std::size_t batch,
    const torch::Tensor& slope) const
{
    const double part = loss_part(batches, batch, config_.loss);
    auto loss = part == 1 ? pass.loss : pass.loss * part;
    return slope.defined() ? loss + pass.metric * (slope * share_of(batches, batch)) : loss;
}

// The gradient of β |m| is β sign(m) ∇m, and m is that of all batches together.
torch::Tensor StepPasses::penalty_slope(const torch::Tensor& figures) const
{
    if (config_.metric_penalty <= 0)
        return {};
    const auto slope = figures[1].sign() * config_.metric_penalty;
    return slope.to(model_.dtype() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32);
}

torch::Tensor StepPasses::no_figures() const
{
    return torch::zeros(
        { 2 }, torch::TensorOptions().device(model_.device()).dtype(torch::kFloat64));
}

torch::Tensor StepPasses::figures_of(
    const Pass& pass, const BatchShare& batches, std::size_t batch) const
{
    const torch::NoGradGuard no_grad;
    return torch::stack(
        { pass.loss.detach().to(torch::kFloat64) * loss_part(batches, batch, config_.loss),
            pass.metric.detach().to(torch::kFloat64) * share_of(batches, batch) });
}

torch::Tensor StepPasses::figures_of(const BatchShare& batches) const
{
    const torch::NoGradGuard no_grad;
    auto figures = no_figures();
    for (std::size_t i = 0; i < batches.batches.size(); ++i)
        figures = figures + figures_of(forward(batches.batches[i], false, false), batches, i);
    return add_figures(ranks_, figures);
}

torch::Tensor StepPasses::edge_scores(
    const BatchShare& batches, const Pass* pass, BlockScores* blocks) const
{
    const BatchedSet set{ batches.batches.size(), batches.examples,
        [&](std::size_t index, bool) {
            return CleanPass{ batches.batches[index], pass->taps, pass->reference };
        },
        {}, ranks_, [&](std::size_t index) { return batches.first[index]; } };
    return score_set(
        model_, graph_, scoring_, config_.discovery, set, default_scoring_memory, blocks);
}

StepPasses::Scored StepPasses::edge_scores(const BatchShare& whole, BlockScores* blocks) const
{
    const BatchShare batches
        = !config_.recompute_blocks ? whole : in_parts(whole, [this](const ScoredBatch& batch) {
              return examples_scored_anew(model_.config(), batch.examples);
          });
    // A batch can be passed twice.
    std::vector<torch::Tensor> figures(batches.batches.size());
    const BatchedSet set{ batches.batches.size(), batches.examples,
        [&](std::size_t index, bool gradients) {
            // Gradients of spread blocks are taken block by block.
            const torch::AutoGradMode mode(gradients && !model_.spread());
            Pass pass = forward(batches.batches[index], true, false);
            figures[index] = figures_of(pass, batches, index);
            return CleanPass{ batches.batches[index], std::move(pass.taps),
                std::move(pass.reference) };
        },
        {}, ranks_, [&](std::size_t index) { return batches.first[index]; } };
    Scored scored;
    scored.scores = score_set(
        model_, graph_, scoring_, config_.discovery, set, default_scoring_memory, blocks);
    scored.figures = no_figures();
    for (const torch::Tensor& of_batch : figures)
        scored.figures = scored.figures + of_batch;
    scored.figures = add_figures(ranks_, scored.figures);
    return scored;
}

} // namespace circuitloom
