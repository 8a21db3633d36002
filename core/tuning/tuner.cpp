#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/discovery/resampling.h"
#include "core/evaluation/task_metric.h"
#include "core/graph/edge_order.h"
#include "core/model/recomputed_pass.h"
#include "core/run/recomputation.h"
#include "core/tuning/objective.h"
#include "core/tuning/schedule.h"
#include "core/tuning/step_sharing.h"

#include <algorithm>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

// The edges of a circuit carry their scores, whatever ranked them, and stand in the scores' order.
void rescore(Circuit& circuit, std::span<const float> scores)
{
    for (ScoredEdge& edge : circuit)
        edge.score = scores[static_cast<std::size_t>(edge.edge.value)];
    circuit = strongest_first(std::move(circuit));
}

double share_of(const ScoredBatch& batch, const BatchShare& batches)
{
    return static_cast<double>(batch.examples) / static_cast<double>(batches.examples);
}

void add_to(std::vector<torch::Tensor>& sums, const std::vector<torch::Tensor>& more)
{
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (more[i].defined())
            sums[i] = sums[i].defined() ? sums[i] + more[i] : more[i];
}

std::vector<const torch::Tensor*> read_only(const std::vector<torch::Tensor*>& tensors)
{
    return { tensors.begin(), tensors.end() };
}

} // namespace

struct Tuner::Pass
{
    ForwardTaps taps;
    torch::Tensor loss;
    torch::Tensor metric;
    torch::Tensor reference; ///< for MetricKind::kl
    std::optional<RecomputedPass> recomputed; ///< in place of taps, where blocks are computed anew
};

Tuner::Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config,
    BatchShare probe, const Ranks& ranks)
    : model_(model)
    , graph_(graph)
    , config_(config)
    , probe_(std::move(probe))
    , ranks_(ranks)
    , scoring_(step_scoring_method(config.discovery.method))
    , strategy_(make_strategy(model, graph, config))
    , optimizer_(make_optimizer(config))
    , opened_(read_only(strategy_->tensors()))
    , smoothing_(config.smoothing_beta1, config.smoothing_beta2)
    , random_(config.seed ^ 0x636972637569740aULL)
{
    config_.learning_rate = strategy_->learning_rate();
    opened_.add(strategy_->mask());
    if (config.discovery.metric == MetricKind::kl) {
        Weights copy = model.weights();
        for (auto* tensor : copy.all())
            *tensor = tensor->detach().clone();
        untouched_.emplace(model.config(), std::move(copy));
    }
}

Tuner::Pass Tuner::forward(const ScoredBatch& batch, bool scored, bool trained) const
{
    Pass pass;
    torch::Tensor hidden;
    if (trained && !scored && config_.recompute_blocks) {
        pass.recomputed.emplace(model_, batch.ids, strategy_->lowest_trained(),
            config_.offload_inputs ? KeptInputs::on_host : KeptInputs::on_device);
        hidden = pass.recomputed->hidden();
    } else {
        ForwardEdits root;
        if (strategy_->needs_taps())
            root.embedding = model_.embed(batch.ids).requires_grad_();
        const bool taps = scored || (trained && strategy_->needs_taps());
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

torch::Tensor Tuner::edge_scores(
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

torch::Tensor Tuner::edge_scores(const BatchShare& batches, Sums& seen, BlockScores* blocks) const
{
    struct Figures
    {
        double loss = 0;
        double metric = 0;
    };
    std::vector<Figures> figures(batches.batches.size());
    const BatchedSet set{ batches.batches.size(), batches.examples,
        [&](std::size_t index, bool gradients) {
            const torch::AutoGradMode mode(gradients);
            Pass pass = forward(batches.batches[index], true, false);
            figures[index] = { pass.loss.item<double>(), pass.metric.item<double>() };
            return CleanPass{ batches.batches[index], std::move(pass.taps),
                std::move(pass.reference) };
        },
        {}, ranks_, [&](std::size_t index) { return batches.first[index]; } };
    auto scores = score_set(
        model_, graph_, scoring_, config_.discovery, set, default_scoring_memory, blocks);
    seen = {};
    for (std::size_t i = 0; i < figures.size(); ++i) {
        seen.loss += loss_share(batches.batches[i], config_.loss) * figures[i].loss;
        seen.metric += figures[i].metric * share_of(batches.batches[i], batches);
    }
    seen.loss /= loss_shares(batches, config_.loss);
    add_figures(ranks_, seen.loss, seen.metric);
    return scores;
}

Tuner::Sums Tuner::figures_of(const BatchShare& batches) const
{
    const torch::NoGradGuard no_grad;
    const double shares = loss_shares(batches, config_.loss);
    Sums sums;
    for (const ScoredBatch& batch : batches.batches) {
        const Pass pass = forward(batch, false, false);
        sums.loss += loss_share(batch, config_.loss) / shares * pass.loss.item<double>();
        sums.metric += pass.metric.item<double>() * share_of(batch, batches);
    }
    add_figures(ranks_, sums.loss, sums.metric);
    return sums;
}

const BatchShare& Tuner::scored_instead_of(const BatchShare& batches) const
{
    return probe_.examples == 0 ? batches : probe_;
}

BatchShare Tuner::in_scored_parts(const BatchShare& batches) const
{
    if (!config_.recompute_blocks)
        return batches;
    return in_parts(batches, [this](const ScoredBatch& batch) {
        return examples_scored_anew(model_.config(), batch.examples);
    });
}

bool Tuner::resamples() const
{
    return config_.resamples > 0 && strategy_->chooses_by_ranking();
}

Discovery Tuner::discover_on(const BatchShare& batches, Sums& seen)
{
    BlockScores blocks;
    const auto scores = edge_scores(in_scored_parts(batches), seen, resamples() ? &blocks : nullptr);
    return choose(scores, blocks);
}

// A seed for each discovery, so that what goes on from a checkpoint draws the same.
ScoreCertainty Tuner::certainty_of(const Circuit& circuit, const BlockScores& blocks,
    const SelectionOptions& selection, const ScoreSmoothing& before) const
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL;
    Resampling how{ config_.resamples,
        config_.seed + odd * static_cast<std::uint64_t>(discoveries_), selection, {} };
    if (config_.smoothing_beta1 > 0)
        how.ranking = [&before](std::span<const float> scores) {
            ScoreSmoothing smoothing = before;
            return smoothing.add(scores);
        };
    std::vector<EdgeId> edges;
    for (const ScoredEdge& edge : circuit)
        edges.push_back(edge.edge);
    return resample_scores(graph_, blocks, how, edges);
}

Discovery Tuner::choose(const torch::Tensor& edge_scores, const BlockScores& blocks)
{
    const auto scores = edge_scores.to(torch::kCPU, torch::kFloat32).contiguous();
    const std::span<const float> each(
        scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
    const ScoreSmoothing before = smoothing_;
    const std::vector<float> ranking = smoothing_.add(each);
    SelectionOptions selection = config_.selection;
    selection.n = top_n_at(discoveries_++, config_);
    Discovery found;
    found.circuit = strategy_->choose(ranking, selection, random_);
    rescore(found.circuit, each);
    // An empty circuit has no edge whose certainty could be asked for, and of one block all
    // resamples would be the same. It changes nothing, and only the first process keeps it.
    if (resamples() && !found.circuit.empty() && blocks.examples.size() > 1 && ranks_.is_first())
        found.certainty = certainty_of(found.circuit, blocks, selection, before);
    open(found.circuit);
    found.tunable_count = strategy_->tunable_count();
    return found;
}

void Tuner::open(const Circuit& circuit)
{
    circuit_ = circuit;
    strategy_->open(circuit, random_);
    opened_.add(strategy_->mask());
}

// The gradient of β |m| is β sign(m) ∇m, and m is that of all batches together.
double Tuner::penalty_slope(double metric) const
{
    return metric > 0 ? config_.metric_penalty : metric < 0 ? -config_.metric_penalty : 0;
}

Tuner::Sums Tuner::add_up(const BatchShare& batches, std::optional<double> metric)
{
    const double shares = loss_shares(batches, config_.loss);
    double slope = 0;
    if (config_.metric_penalty > 0)
        slope = penalty_slope(metric ? *metric : figures_of(batches).metric);
    Sums sums;
    for (const ScoredBatch& batch : batches.batches) {
        Pass pass = forward(batch, false, true);
        const double of_loss = loss_share(batch, config_.loss) / shares;
        const double of_metric = share_of(batch, batches);
        sums.loss += of_loss * pass.loss.item<double>();
        sums.metric += of_metric * pass.metric.item<double>();
        auto loss = pass.loss * of_loss;
        if (slope != 0)
            loss = loss + pass.metric * (of_metric * slope);
        auto found = pass.recomputed ? strategy_->gradients(loss, *pass.recomputed)
                                     : strategy_->gradients(loss, pass.taps);
        if (sums.gradients.empty())
            sums.gradients = std::move(found);
        else
            add_to(sums.gradients, found);
    }
    add_figures(ranks_, sums.loss, sums.metric);
    add_gradients(ranks_, strategy_->mask(), strategy_->tensors(), sums.gradients);
    return sums;
}

void Tuner::update(std::vector<torch::Tensor> gradients, double learning_rate)
{
    if (config_.clip_norm > 0)
        clip_gradients(gradients, config_.clip_norm);
    whole_ = false;
    optimizer_->step(strategy_->tensors(), strategy_->mask(), gradients, learning_rate);
    strategy_->tensors_changed();
    whole_ = true;
}

// One pass serves everything.
StepOutcome Tuner::step_on_one(const BatchShare& batches, int number)
{
    StepOutcome outcome;
    outcome.learning_rate = learning_rate_at(number, config_.steps, config_);
    const bool discovers = strategy_->discovers_at(number);
    const bool on_probe = probe_.examples > 0;
    if (discovers && on_probe) {
        Sums of_probe;
        outcome.discovery = discover_on(probe_, of_probe);
    }
    Sums sums;
    std::optional<Pass> pass;
    double of_loss = 1; // what the batch counts among those of all processes
    double of_metric = 1;
    if (!batches.batches.empty()) {
        const ScoredBatch& batch = batches.batches.front();
        pass.emplace(forward(batch, discovers && !on_probe, true));
        if (!ranks_.alone()) {
            of_loss = loss_share(batch, config_.loss) / loss_shares(batches, config_.loss);
            of_metric = share_of(batch, batches);
        }
        sums.loss = of_loss * pass->loss.item<double>();
        sums.metric = of_metric * pass->metric.item<double>();
    }
    add_figures(ranks_, sums.loss, sums.metric);
    outcome.loss = sums.loss;
    outcome.metric = sums.metric;
    if (discovers && !on_probe) {
        BlockScores blocks;
        const auto scores
            = edge_scores(batches, pass ? &*pass : nullptr, resamples() ? &blocks : nullptr);
        outcome.discovery = choose(scores, blocks);
    }
    if (pass) {
        auto objective = ranks_.alone() ? pass->loss : pass->loss * of_loss;
        if (config_.metric_penalty > 0)
            objective = objective + pass->metric * (of_metric * penalty_slope(sums.metric));
        sums.gradients = strategy_->gradients(objective, pass->taps);
    }
    add_gradients(ranks_, strategy_->mask(), strategy_->tensors(), sums.gradients);
    update(std::move(sums.gradients), outcome.learning_rate);
    return outcome;
}

StepOutcome Tuner::step_on_several(const BatchShare& batches, int number)
{
    StepOutcome outcome;
    outcome.learning_rate = learning_rate_at(number, config_.steps, config_);
    std::optional<double> metric;
    if (strategy_->discovers_at(number)) {
        Sums seen;
        outcome.discovery = discover_on(scored_instead_of(batches), seen);
        if (probe_.examples == 0)
            metric = seen.metric;
    }
    // The circuit that decides which gradients are wanted is known only now: one more pass each.
    Sums sums = add_up(batches, metric);
    outcome.loss = sums.loss;
    outcome.metric = sums.metric;
    update(std::move(sums.gradients), outcome.learning_rate);
    return outcome;
}

StepOutcome Tuner::take_step(const BatchShare& batches, int number)
{
    // Every process must take the same way, also one whose share is empty.
    const bool one = !config_.recompute_blocks
        && (ranks_.alone() ? batches.batches.size() == 1 : config_.accumulate == 1);
    return one ? step_on_one(batches, number) : step_on_several(batches, number);
}

StepOutcome Tuner::step(const BatchShare& batches, int number)
{
    if (ranks_.alone())
        return take_step(batches, number);
    TrainingState before;
    save_decisions(before);
    try {
        return take_step(batches, number);
    } catch (...) {
        restore_decisions(before);
        throw;
    }
}

StepOutcome Tuner::discover(const BatchShare& batches)
{
    StepOutcome outcome;
    Sums seen;
    outcome.discovery = discover_on(scored_instead_of(batches), seen);
    if (probe_.examples > 0)
        seen = figures_of(batches);
    outcome.loss = seen.loss;
    outcome.metric = seen.metric;
    return outcome;
}

void Tuner::require_equal_weights()
{
    if (ranks_.alone())
        return;
    whole_ = have_equal_bits(ranks_, strategy_->tensors());
    if (!whole_)
        throw Error("The weights of the processes are no longer the same: their processors or their "
                    "versions of LibTorch compute differently. Start all of them on machines of one "
                    "kind; resume goes on from the latest checkpoint, where they were the same.");
}

void Tuner::save(
    TrainingState& state, OptimizerState optimizer, const UntouchedTensor& untouched) const
{
    opened_.save(state);
    const auto tensors = strategy_->tensors();
    // An adapter begins with no weights of the model's.
    const bool differences = untouched && !strategy_->adapter();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const bool opened = opened_.any(i);
        const auto before = differences && opened ? untouched(i) : torch::Tensor();
        if (before.defined())
            opened_.save_difference(state, "difference", i, *tensors[i], before);
        else
            opened_.save(state, "weights", i, *tensors[i]);
    }
    if (optimizer == OptimizerState::kept)
        optimizer_->save(state);
    save_decisions(state);
}

void Tuner::save_decisions(TrainingState& state) const
{
    std::vector<std::int32_t> edges;
    for (const ScoredEdge& scored : circuit_)
        edges.push_back(scored.edge.value);
    save_numbers(state, "circuit", edges);
    save_numbers(state, "smoothing.mean", smoothing_.mean());
    save_numbers(state, "smoothing.deviation", smoothing_.deviation());
    state.values["random"] = random_.state();
    // Earlier versions read `fixed` whatever the method; a strategy that has such a circuit sets
    // it.
    state.values["tuner"] = { { "discoveries", discoveries_ }, { "fixed", false } };
    strategy_->save(state);
}

Circuit Tuner::saved_circuit(const TrainingState& state) const
{
    Circuit circuit;
    for (const std::int32_t edge : saved_numbers<std::int32_t>(state, "circuit")) {
        if (edge < 0 || edge >= static_cast<std::int64_t>(graph_.edges().size()))
            throw ResourceError("The checkpoint does not fit the model: there is no edge "
                + std::to_string(edge) + ".");
        circuit.push_back({ { edge }, 0 });
    }
    return circuit;
}

void Tuner::restore(const TrainingState& state)
{
    opened_.restore(state);
    const auto tensors = strategy_->tensors();
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (!opened_.restore_difference(state, "difference", i, *tensors[i]))
            opened_.restore(state, "weights", i, *tensors[i]);
    strategy_->tensors_changed();
    optimizer_->restore(state, opened_, tensors);
    restore_decisions(state);
}

void Tuner::restore_decisions(const TrainingState& state)
{
    discoveries_ = state.value("tuner").at("discoveries").get<int>();
    circuit_ = saved_circuit(state);
    strategy_->restore(state, circuit_);
    if (discoveries_ > 0)
        open(circuit_);
    smoothing_.restore(saved_numbers<float>(state, "smoothing.mean"),
        saved_numbers<float>(state, "smoothing.deviation"));
    random_.restore(state.value("random").get<Random::State>());
}

} // namespace circuitloom
