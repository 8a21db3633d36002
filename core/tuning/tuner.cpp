#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/discovery/edge_attribution.h"
#include "core/discovery/selection.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/schedule.h"
#include "core/tuning/slice_gradients.h"

#include <cmath>
#include <span>

namespace circuitloom {

struct Tuner::Pass
{
    ForwardTaps taps;
    torch::Tensor loss;
    torch::Tensor metric;
};

Tuner::Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
    : model_(model)
    , graph_(graph)
    , config_(config)
    , optimizer_(model.weights(), { config.momentum, config.weight_decay })
    , mask_(ParameterMask::everything(model.weights()))
    , random_(config.seed ^ 0x636972637569740aULL)
{
    // Inside a circuit the gradients of slices follow from the taps; LibTorch's own ones of whole
    // parameters would be wasted.
    model_.set_requires_grad(config.method == TuningMethod::full);
}

Tuner::Pass Tuner::forward(const ScoredBatch& batch, bool discovers) const
{
    Pass pass;
    ForwardEdits root;
    if (config_.method != TuningMethod::full)
        root.embedding = model_.embed(batch.ids).requires_grad_();
    const bool taps = discovers || config_.method != TuningMethod::full;
    const auto hidden = model_.hidden(batch.ids, taps ? &pass.taps : nullptr, root);
    pass.loss = next_token_loss(model_, hidden, batch);
    pass.metric = logit_difference(model_, hidden, batch);
    if (!std::isfinite(pass.loss.item<double>()))
        throw Error("The loss is no longer finite: the training has diverged. Lower "
                    "optimizer.learning_rate or raise optimizer.warm_up.");
    return pass;
}

Discovery Tuner::discover(const ScoredBatch& batch, const Pass& pass)
{
    MeanAccumulator means;
    means.add(pass.taps, batch.mask);
    const auto gradients = tap_gradients(pass.metric, pass.taps, graph_);
    const auto scores
        = edge_scores(model_, graph_, pass.taps, gradients, means.mean(), batch, config_.positions)
              .to(torch::kCPU, torch::kFloat32)
              .contiguous();
    const std::span<const float> each(
        scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
    const auto n = static_cast<std::size_t>(config_.top_n);
    Discovery found;
    found.circuit = config_.method == TuningMethod::random ? random_edges(each, n, random_)
                                                           : strongest_edges(each, n);
    if (config_.method != TuningMethod::full)
        mask_ = ParameterMask::of(opened_parts(graph_, found.circuit, config_.train_layer0_qkv),
            graph_, model_.config(), model_.weights());
    found.tunable_count = mask_.count(model_.weights());
    return found;
}

void Tuner::update(const Pass& pass, const torch::Tensor& loss, double learning_rate)
{
    const auto gradients = slice_gradients(loss, pass.taps, mask_, model_.weights());
    optimizer_.step(model_.weights(), mask_, gradients, learning_rate);
}

StepOutcome Tuner::step(const ScoredBatch& batch, int number)
{
    const bool due = (number - 1) % config_.discover_every == 0;
    const Pass pass = forward(batch, due);
    StepOutcome outcome;
    outcome.loss = pass.loss.item<double>();
    outcome.metric = pass.metric.item<double>();
    outcome.learning_rate = learning_rate_at(number, config_.learning_rate, config_.warm_up);
    if (due)
        outcome.discovery = discover(batch, pass);
    const bool penalised = config_.metric_penalty > 0;
    update(pass, penalised ? pass.loss + config_.metric_penalty * pass.metric.abs() : pass.loss,
        outcome.learning_rate);
    return outcome;
}

StepOutcome Tuner::discover(const ScoredBatch& batch)
{
    const Pass pass = forward(batch, true);
    return { pass.loss.item<double>(), pass.metric.item<double>(), 0, discover(batch, pass) };
}

} // namespace circuitloom
