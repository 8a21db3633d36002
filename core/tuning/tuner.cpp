#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/discovery/selection.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/schedule.h"

#include <torch/autograd.h>

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
    model_.set_requires_grad(true);
}

Tuner::Pass Tuner::forward(const ScoredBatch& batch, bool taps) const
{
    Pass pass;
    const auto hidden = model_.hidden(batch.ids, taps ? &pass.taps : nullptr);
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
    const auto gradients = tap_gradients(pass.metric, pass.taps);
    const auto scores = edge_scores(
        model_, graph_, pass.taps, gradients, means.mean(), batch, config_.discovery.positions)
                            .to(torch::kCPU, torch::kFloat32)
                            .contiguous();
    const std::span<const float> each(
        scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
    Discovery found;
    found.circuit = config_.method == TuningMethod::random
        ? random_circuit(graph_, each, config_.selection, random_)
        : select_edges(graph_, each, config_.selection);
    if (config_.method != TuningMethod::full)
        mask_ = ParameterMask::of(opened_parts(graph_, found.circuit, config_.train_layer0_qkv),
            model_.config(), model_.weights());
    found.tunable_count = mask_.count(model_.weights());
    return found;
}

void Tuner::update(const torch::Tensor& loss, double learning_rate)
{
    const auto all = model_.weights().all();
    torch::autograd::variable_list open;
    for (const auto index : mask_.open_parameters())
        open.push_back(*all[index]);
    if (open.empty())
        return;
    const auto gradients = torch::autograd::grad({ loss }, open, {}, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);
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
    update(penalised ? pass.loss + config_.metric_penalty * pass.metric.abs() : pass.loss,
        outcome.learning_rate);
    return outcome;
}

StepOutcome Tuner::discover(const ScoredBatch& batch)
{
    const Pass pass = forward(batch, true);
    return { pass.loss.item<double>(), pass.metric.item<double>(), 0, discover(batch, pass) };
}

} // namespace circuitloom
