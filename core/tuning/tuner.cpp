#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/discovery/edge_attribution.h"
#include "core/discovery/integrated_gradients.h"
#include "core/discovery/selection.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/schedule.h"
#include "core/tuning/slice_gradients.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

// What is stored of an edge is its score itself, whatever ranked it.
void rescore(Circuit& circuit, std::span<const float> scores)
{
    for (ScoredEdge& edge : circuit)
        edge.score = scores[static_cast<std::size_t>(edge.edge.value)];
    std::ranges::sort(circuit, [](const ScoredEdge& a, const ScoredEdge& b) {
        const float left = std::abs(a.score);
        const float right = std::abs(b.score);
        return left != right ? left > right : a.edge < b.edge;
    });
}

} // namespace

struct Tuner::Pass
{
    ForwardTaps taps;
    torch::Tensor loss;
    torch::Tensor metric;
    torch::Tensor reference; ///< for MetricKind::kl
};

Tuner::Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
    : model_(model)
    , graph_(graph)
    , config_(config)
    , optimizer_(model.weights(), { config.momentum, config.weight_decay })
    , mask_(ParameterMask::everything(model.weights()))
    , opened_(model.weights())
    , smoothing_(config.smoothing_beta1, config.smoothing_beta2)
    , random_(config.seed ^ 0x636972637569740aULL)
{
    if (config.discovery.metric == MetricKind::kl) {
        Weights copy = model.weights();
        for (auto* tensor : copy.all())
            *tensor = tensor->detach().clone();
        untouched_.emplace(model.config(), std::move(copy));
    }
    // Inside a circuit the gradients of slices follow from the taps; LibTorch's own ones of whole
    // parameters would be wasted.
    model_.set_requires_grad(config.method == TuningMethod::full);
    if (config.method == TuningMethod::full)
        opened_.add(mask_);
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
    if (untouched_)
        pass.reference = metric_reference(*untouched_, batch);
    pass.metric = task_metric(model_, hidden, batch, config_.discovery.metric, pass.reference);
    if (!std::isfinite(pass.loss.item<double>()))
        throw Error("The loss is no longer finite: the training has diverged. Lower "
                    "optimizer.learning_rate or raise optimizer.warm_up.");
    return pass;
}

torch::Tensor Tuner::edge_scores(const ScoredBatch& batch, const Pass& pass)
{
    const DiscoveryOptions& options = config_.discovery;
    EdgeScores scores(model_, graph_);
    MeanAccumulator means;
    means.add(pass.taps, batch.mask);
    const auto baseline = options.baseline == Baseline::mean ? means.mean()
        : options.baseline == Baseline::zero                 ? zero_baseline(model_)
                                                             : corrupted_baseline(model_, batch);
    const auto rows = scored_rows(batch, options.positions);
    if (options.method == AttributionMethod::eap_ig)
        add_integrated_gradients(
            scores, model_, graph_, batch.ids, pass.taps, baseline,
            [&](const torch::Tensor& hidden) {
                return task_metric(model_, hidden, batch, options.metric, pass.reference);
            },
            rows, options, 1);
    else {
        const auto tail = metric_tail(model_, pass.taps, batch.row);
        const auto metric
            = task_metric_of_rows(model_, tail.hidden, batch, options.metric, pass.reference);
        scores.add(
            pass.taps, baseline, pass.taps, tap_gradients(metric, tail, pass.taps, graph_), rows);
    }
    return scores.scores().to(torch::kCPU, torch::kFloat32).contiguous();
}

Discovery Tuner::discover(const ScoredBatch& batch, const Pass& pass)
{
    const auto scores = edge_scores(batch, pass);
    const std::span<const float> each(
        scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
    const std::vector<float> ranking = smoothing_.add(each);
    Discovery found;
    found.circuit = config_.method == TuningMethod::random
        ? random_circuit(graph_, ranking, config_.selection, random_)
        : select_edges(graph_, ranking, config_.selection);
    if (config_.smoothing_beta1 > 0)
        rescore(found.circuit, each);
    if (config_.method != TuningMethod::full)
        open(found.circuit);
    found.tunable_count = mask_.count(model_.weights());
    return found;
}

void Tuner::open(const Circuit& circuit)
{
    circuit_ = circuit;
    mask_ = ParameterMask::of(opened_parts(graph_, circuit, config_.train_layer0_qkv), graph_,
        model_.config(), model_.weights());
    opened_.add(mask_);
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

void Tuner::save(TrainingState& state) const
{
    opened_.save(state);
    const auto all = std::as_const(model_.weights()).all();
    for (std::size_t i = 0; i < all.size(); ++i)
        opened_.save(state, "weights", i, *all[i]);
    optimizer_.save(state, opened_);

    std::vector<std::int32_t> edges;
    for (const ScoredEdge& scored : circuit_)
        edges.push_back(scored.edge.value);
    save_numbers(state, "circuit", edges);
    save_numbers(state, "smoothing.mean", smoothing_.mean());
    save_numbers(state, "smoothing.deviation", smoothing_.deviation());
    state.values["random"] = random_.state();
}

void Tuner::restore(const TrainingState& state)
{
    opened_.restore(state);
    const auto all = model_.weights().all();
    for (std::size_t i = 0; i < all.size(); ++i)
        opened_.restore(state, "weights", i, *all[i]);
    optimizer_.restore(state, opened_, model_.weights());

    Circuit circuit;
    for (const std::int32_t edge : saved_numbers<std::int32_t>(state, "circuit")) {
        if (edge < 0 || edge >= static_cast<std::int64_t>(graph_.edges().size()))
            throw ResourceError("The checkpoint does not fit the model: there is no edge "
                + std::to_string(edge) + ".");
        circuit.push_back({ { edge }, 0 });
    }
    if (!circuit.empty())
        open(circuit);
    smoothing_.restore(saved_numbers<float>(state, "smoothing.mean"),
        saved_numbers<float>(state, "smoothing.deviation"));
    random_.restore(state.value("random").get<Random::State>());
}

} // namespace circuitloom
