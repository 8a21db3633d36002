#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/discovery/integrated_gradients.h"
#include "core/discovery/selection.h"
#include "core/evaluation/task_metric.h"
#include "core/tuning/objective.h"
#include "core/tuning/opened_parts.h"
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

ParameterMask::Shared shared(const RunConfig& config)
{
    return { config.train_norms, config.train_embeddings, config.train_unembedding };
}

// That share of the nodes with parameters that `circuit` leaves closed, drawn without replacement.
std::vector<NodeId> nodes_outside(
    const ComputationalGraph& graph, const Circuit& circuit, double share, Random& random)
{
    std::vector<bool> inside(graph.nodes().size());
    for (const ScoredEdge& scored : circuit) {
        inside[static_cast<std::size_t>(graph.edge(scored.edge).source.value)] = true;
        inside[static_cast<std::size_t>(graph.edge(scored.edge).target.value)] = true;
    }
    std::vector<NodeId> outside;
    for (std::size_t i = 0; i < inside.size(); ++i)
        if (!inside[i] && graph.nodes()[i].layer >= 0)
            outside.push_back({ static_cast<std::int32_t>(i) });
    random.shuffle(outside);
    outside.resize(
        static_cast<std::size_t>(std::llround(share * static_cast<double>(outside.size()))));
    return outside;
}

double example_count(std::span<const ScoredBatch> batches)
{
    std::int64_t examples = 0;
    for (const ScoredBatch& batch : batches)
        examples += batch.examples;
    return static_cast<double>(examples);
}

void add_to(std::vector<torch::Tensor>& sums, const std::vector<torch::Tensor>& more)
{
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (more[i].defined())
            sums[i] = sums[i].defined() ? sums[i] + more[i] : more[i];
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
    , optimizer_(make_optimizer(config))
    , mask_(ParameterMask::everything(model.weights()))
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
    // parameters would be wasted, but for those that no matrix reads.
    model_.set_requires_grad(config.method == TuningMethod::full);
    if (config.method == TuningMethod::lora) {
        if (config.lora_learning_rate > 0)
            config_.learning_rate = config.lora_learning_rate;
        lora_.emplace(model, config.lora_rank, config.lora_alpha, lora_targets(config.lora_targets),
            config.seed ^ 0x6c6f7261ULL);
        mask_ = ParameterMask::everything(std::as_const(*lora_).tensors());
        opened_.emplace(std::as_const(*lora_).tensors());
        opened_->add(mask_);
    } else if (config.method != TuningMethod::full) {
        ParameterMask whole;
        whole.open(shared(config), model.weights());
        for (const ParameterSlice& slice : whole.slices())
            model_.weights().all()[slice.parameter]->requires_grad_();
    }
    if (!opened_)
        opened_.emplace(std::as_const(model_.weights()).all());
    if (config.method == TuningMethod::full)
        opened_->add(mask_);
}

std::vector<torch::Tensor*> Tuner::tuned()
{
    return lora_ ? lora_->tensors() : model_.weights().all();
}

bool Tuner::due(int number) const
{
    if (config_.method == TuningMethod::fixed)
        return !fixed_;
    return (number - 1) % config_.discover_every == 0;
}

Tuner::Pass Tuner::forward(const ScoredBatch& batch, bool discovers) const
{
    Pass pass;
    ForwardEdits root;
    if (config_.method != TuningMethod::full)
        root.embedding = model_.embed(batch.ids).requires_grad_();
    const bool taps = discovers || config_.method != TuningMethod::full;
    const auto hidden = model_.hidden(batch.ids, taps ? &pass.taps : nullptr, root);
    pass.loss = training_loss(model_, hidden, batch, config_.loss);
    if (untouched_)
        pass.reference = metric_reference(*untouched_, batch);
    pass.metric = task_metric(model_, hidden, batch, config_.discovery.metric, pass.reference);
    if (!std::isfinite(pass.loss.item<double>()))
        throw Error("The loss is no longer finite: the training has diverged. Lower "
                    "optimizer.learning_rate or raise optimizer.warm_up.");
    return pass;
}

BaselineActivations Tuner::baseline(const ScoredBatch& batch, const MeanAccumulator& means) const
{
    switch (config_.discovery.baseline) {
    case Baseline::mean:
        return means.mean();
    case Baseline::zero:
        return zero_baseline(model_);
    case Baseline::corrupted:
        break;
    }
    return corrupted_baseline(model_, batch);
}

void Tuner::add_scores(EdgeScores& scores, const ScoredBatch& batch, const Pass& pass,
    const BaselineActivations& baseline, double weight) const
{
    const DiscoveryOptions& options = config_.discovery;
    const auto rows = scored_rows(batch, options.positions);
    if (options.method == AttributionMethod::eap_ig)
        add_integrated_gradients(
            scores, model_, graph_, batch.ids, pass.taps, baseline,
            [&](const torch::Tensor& hidden) {
                return task_metric(model_, hidden, batch, options.metric, pass.reference);
            },
            rows, options, weight);
    else {
        const auto tail = metric_tail(model_, pass.taps, batch.row);
        const auto metric
            = task_metric_of_rows(model_, tail.hidden, batch, options.metric, pass.reference);
        scores.add(pass.taps, baseline, pass.taps, tap_gradients(metric, tail, pass.taps, graph_),
            rows, weight);
    }
}

torch::Tensor Tuner::edge_scores(const ScoredBatch& batch, const Pass& pass) const
{
    EdgeScores scores(model_, graph_);
    MeanAccumulator means;
    means.add(pass.taps, batch.mask);
    add_scores(scores, batch, pass, baseline(batch, means), 1);
    return scores.scores();
}

torch::Tensor Tuner::edge_scores(std::span<const ScoredBatch> batches, double& metric) const
{
    MeanAccumulator means;
    const double examples = example_count(batches);
    metric = 0;
    {
        const torch::NoGradGuard no_grad;
        for (const ScoredBatch& batch : batches) {
            const Pass pass = forward(batch, true);
            means.add(pass.taps, batch.mask);
            metric += pass.metric.item<double>() * static_cast<double>(batch.examples) / examples;
        }
    }
    EdgeScores scores(model_, graph_);
    for (const ScoredBatch& batch : batches)
        add_scores(scores, batch, forward(batch, true), baseline(batch, means),
            static_cast<double>(batch.examples) / examples);
    return scores.scores();
}

double Tuner::metric_of(std::span<const ScoredBatch> batches) const
{
    const torch::NoGradGuard no_grad;
    double metric = 0;
    for (const ScoredBatch& batch : batches)
        metric += forward(batch, false).metric.item<double>() * static_cast<double>(batch.examples)
            / example_count(batches);
    return metric;
}

void Tuner::open(const Circuit& circuit)
{
    circuit_ = circuit;
    if (config_.method == TuningMethod::full || config_.method == TuningMethod::lora)
        return;
    OpenedParts parts = opened_parts(graph_, circuit, config_.train_layer0_qkv);
    if (config_.random_ratio > 0) {
        if (!drawn_)
            drawn_ = nodes_outside(graph_, circuit, config_.random_ratio, random_);
        for (const NodeId node : *drawn_)
            open_node(parts, graph_.node(node));
    }
    mask_ = ParameterMask::of(parts, graph_, model_.config(), model_.weights());
    mask_.open(shared(config_), model_.weights());
    opened_->add(mask_);
}

Discovery Tuner::choose(const torch::Tensor& edge_scores)
{
    const auto scores = edge_scores.to(torch::kCPU, torch::kFloat32).contiguous();
    const std::span<const float> each(
        scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
    const std::vector<float> ranking = smoothing_.add(each);
    SelectionOptions selection = config_.selection;
    selection.n = top_n_at(discoveries_++, config_);
    Discovery found;
    found.circuit = fixed_ ? *fixed_
        : config_.method == TuningMethod::random
        ? random_circuit(graph_, ranking, selection, random_)
        : select_edges(graph_, ranking, selection);
    if (fixed_ || config_.smoothing_beta1 > 0)
        rescore(found.circuit, each);
    if (config_.method == TuningMethod::fixed)
        fixed_ = found.circuit;
    open(found.circuit);
    found.tunable_count = lora_ ? lora_->count() : mask_.count(model_.weights());
    return found;
}

std::vector<torch::Tensor> Tuner::gradients(const torch::Tensor& loss, const ForwardTaps& taps)
{
    return lora_ ? lora_->gradients(loss, taps)
                 : slice_gradients(loss, taps, mask_, model_.weights());
}

// The gradient of β |m| is β sign(m) ∇m, and m is that of all batches together.
Tuner::Sums Tuner::add_up(std::span<const ScoredBatch> batches, std::optional<double> metric)
{
    const double examples = example_count(batches);
    double shares = 0;
    for (const ScoredBatch& batch : batches)
        shares += loss_share(batch, config_.loss);
    double slope = 0;
    if (config_.metric_penalty > 0) {
        const double whole = metric ? *metric : metric_of(batches);
        slope = whole > 0 ? config_.metric_penalty : whole < 0 ? -config_.metric_penalty : 0;
    }
    Sums sums;
    for (const ScoredBatch& batch : batches) {
        const Pass pass = forward(batch, false);
        const double of_loss = loss_share(batch, config_.loss) / shares;
        const double of_metric = static_cast<double>(batch.examples) / examples;
        sums.loss += of_loss * pass.loss.item<double>();
        sums.metric += of_metric * pass.metric.item<double>();
        auto loss = pass.loss * of_loss;
        if (slope != 0)
            loss = loss + pass.metric * (of_metric * slope);
        auto found = gradients(loss, pass.taps);
        if (sums.gradients.empty())
            sums.gradients = std::move(found);
        else
            add_to(sums.gradients, found);
    }
    return sums;
}

void Tuner::update(std::vector<torch::Tensor> gradients, double learning_rate)
{
    if (config_.clip_norm > 0)
        clip_gradients(gradients, config_.clip_norm);
    optimizer_->step(tuned(), mask_, gradients, learning_rate);
    if (lora_)
        lora_->compose();
}

StepOutcome Tuner::step(std::span<const ScoredBatch> batches, int number)
{
    StepOutcome outcome;
    outcome.learning_rate = learning_rate_at(number, config_.steps, config_);
    if (batches.size() == 1) {
        const Pass pass = forward(batches.front(), due(number));
        outcome.loss = pass.loss.item<double>();
        outcome.metric = pass.metric.item<double>();
        if (due(number))
            outcome.discovery = choose(edge_scores(batches.front(), pass));
        const bool penalised = config_.metric_penalty > 0;
        update(gradients(
                   penalised ? pass.loss + config_.metric_penalty * pass.metric.abs() : pass.loss,
                   pass.taps),
            outcome.learning_rate);
        return outcome;
    }
    std::optional<double> metric;
    if (due(number))
        outcome.discovery = choose(edge_scores(batches, metric.emplace()));
    Sums sums = add_up(batches, metric);
    outcome.loss = sums.loss;
    outcome.metric = sums.metric;
    update(std::move(sums.gradients), outcome.learning_rate);
    return outcome;
}

StepOutcome Tuner::discover(std::span<const ScoredBatch> batches)
{
    StepOutcome outcome;
    double shares = 0;
    {
        const torch::NoGradGuard no_grad;
        for (const ScoredBatch& batch : batches) {
            const double share = loss_share(batch, config_.loss);
            outcome.loss += share * forward(batch, false).loss.item<double>();
            shares += share;
        }
        outcome.loss /= shares;
    }
    outcome.discovery = choose(edge_scores(batches, outcome.metric));
    return outcome;
}

} // namespace circuitloom
