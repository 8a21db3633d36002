#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/discovery/device_selection.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/discovery/resampling.h"
#include "core/evaluation/task_metric.h"
#include "core/graph/edge_order.h"
#include "core/model/host_copy.h"
#include "core/model/recomputed_pass.h"
#include "core/run/recomputation.h"
#include "core/tuning/objective.h"
#include "core/tuning/schedule.h"
#include "core/tuning/spread_weights.h"
#include "core/tuning/step_sharing.h"

#include <algorithm>
#include <cmath>
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

double share_of(const BatchShare& batches, std::size_t batch)
{
    return static_cast<double>(batches.batches[batch].examples)
        / static_cast<double>(batches.examples);
}

double loss_part(const BatchShare& batches, std::size_t batch, LossKind kind)
{
    return loss_share(batches, batch, kind) / loss_shares(batches, kind);
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
    , optimizer_(make_optimizer(
          config, model.spread() ? KeptWeights::always : KeptWeights::where_rounded))
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
    auto scores = score_set(
        model_, graph_, scoring_, config_.discovery, set, default_scoring_memory, blocks);
    seen = { no_figures(), {} };
    for (const torch::Tensor& of_batch : figures)
        seen.figures = seen.figures + of_batch;
    seen.figures = add_figures(ranks_, seen.figures);
    return scores;
}

torch::Tensor Tuner::no_figures() const
{
    return torch::zeros(
        { 2 }, torch::TensorOptions().device(model_.device()).dtype(torch::kFloat64));
}

torch::Tensor Tuner::figures_of(
    const Pass& pass, const BatchShare& batches, std::size_t batch) const
{
    const torch::NoGradGuard no_grad;
    return torch::stack(
        { pass.loss.detach().to(torch::kFloat64) * loss_part(batches, batch, config_.loss),
            pass.metric.detach().to(torch::kFloat64) * share_of(batches, batch) });
}

void Tuner::take_figures(const torch::Tensor& on_cpu, int number, StepOutcome& outcome)
{
    const auto* figure = on_cpu.data_ptr<double>();
    outcome.loss = figure[0];
    outcome.metric = figure[1];
    if (!std::isfinite(outcome.loss))
        throw Error("The loss" + (number > 0 ? " of step " + std::to_string(number) : std::string())
            + " is no longer finite: the training has diverged. Lower optimizer.learning_rate or "
              "raise optimizer.warm_up.");
}

void Tuner::read_figures(const torch::Tensor& figures, int number, StepOutcome& outcome)
{
    take_figures(on_host({ figures }).front(), number, outcome);
}

Tuner::Sums Tuner::figures_of(const BatchShare& batches) const
{
    const torch::NoGradGuard no_grad;
    Sums sums{ no_figures(), {} };
    for (std::size_t i = 0; i < batches.batches.size(); ++i)
        sums.figures
            = sums.figures + figures_of(forward(batches.batches[i], false, false), batches, i);
    sums.figures = add_figures(ranks_, sums.figures);
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

Tuner::Sums Tuner::discover_on(const BatchShare& batches, int number, StepOutcome& outcome)
{
    BlockScores blocks;
    Sums seen;
    const auto scores = edge_scores(in_scored_parts(batches), seen, resamples() ? &blocks : nullptr);
    choose(scores, blocks, seen.figures, number, outcome);
    return seen;
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

void Tuner::choose(const torch::Tensor& edge_scores, const BlockScores& blocks,
    const torch::Tensor& figures, int number, StepOutcome& outcome)
{
    const auto scores = edge_scores.to(torch::kFloat32).contiguous();
    SelectionOptions selection = config_.selection;
    selection.n = top_n_at(discoveries_++, config_);
    Discovery found;
    if (config_.smoothing_beta1 == 0 && !resamples() && strategy_->takes_selected()
        && selects_on_device(selection)) {
        const auto strongest
            = strongest_on_device(scores, selection.n, selection.by_signed_score);
        const auto read
            = on_host({ figures, strongest.edge, strongest.score, strongest.finite });
        take_figures(read[0], number, outcome);
        found.circuit = circuit_of({ read[1], read[2], read[3] });
    } else {
        const auto read = on_host({ figures, scores });
        take_figures(read[0], number, outcome);
        found = chosen_by({ read[1].data_ptr<float>(), static_cast<std::size_t>(read[1].numel()) },
            blocks, selection);
    }
    open(found.circuit);
    found.tunable_count = strategy_->tunable_count();
    outcome.discovery = std::move(found);
}

Discovery Tuner::chosen_by(std::span<const float> each, const BlockScores& blocks,
    const SelectionOptions& selection)
{
    const ScoreSmoothing before = smoothing_;
    const std::vector<float> ranking = smoothing_.add(each);
    Discovery found;
    found.circuit = strategy_->choose(ranking, selection, random_);
    rescore(found.circuit, each);
    // An empty circuit has no edge whose certainty could be asked for, and of one block all
    // resamples would be the same. It changes nothing, and only the first process keeps it.
    if (resamples() && !found.circuit.empty() && blocks.examples.size() > 1 && ranks_.is_first())
        found.certainty = certainty_of(found.circuit, blocks, selection, before);
    return found;
}

void Tuner::open(const Circuit& circuit)
{
    circuit_ = circuit;
    strategy_->open(circuit, random_);
    if (model_.spread())
        keep_opened_weights(model_, strategy_->tensors(), strategy_->mask().slices(), *optimizer_);
    opened_.add(strategy_->mask());
}

// The gradient of β |m| is β sign(m) ∇m, and m is that of all batches together.
torch::Tensor Tuner::penalty_slope(const torch::Tensor& figures) const
{
    const auto slope = figures[1].sign() * config_.metric_penalty;
    return slope.to(model_.dtype() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32);
}

Tuner::Sums Tuner::add_up(const BatchShare& batches, const torch::Tensor& seen, Added added)
{
    torch::Tensor slope;
    if (config_.metric_penalty > 0)
        slope = penalty_slope(seen.defined() ? seen : figures_of(batches).figures);
    Sums sums{ no_figures(), {} };
    for (std::size_t i = 0; i < batches.batches.size(); ++i) {
        Pass pass = forward(batches.batches[i], false, true);
        sums.figures = sums.figures + figures_of(pass, batches, i);
        auto loss = pass.loss * loss_part(batches, i, config_.loss);
        if (slope.defined())
            loss = loss + pass.metric * (slope * share_of(batches, i));
        auto found = pass.recomputed ? strategy_->gradients(loss, *pass.recomputed)
                                     : strategy_->gradients(loss, pass.taps);
        if (added == Added::squares)
            for (torch::Tensor& one : found)
                if (one.defined())
                    one = one.to(torch::promote_types(one.scalar_type(), torch::kFloat32)).square();
        if (sums.gradients.empty())
            sums.gradients = std::move(found);
        else
            add_to(sums.gradients, found);
    }
    sums.figures = add_figures(ranks_, sums.figures);
    add_gradients(ranks_, strategy_->mask(), strategy_->tensors(), sums.gradients);
    return sums;
}

void Tuner::calibrate(const BatchShare& batches)
{
    if (!strategy_->needs_calibration())
        return;
    const BatchShare& set = calibration_.examples == 0 ? batches : calibration_;
    strategy_->open_candidates();
    Sums sums = strategy_->squares_gradients()
        ? add_up(in_parts(set, [](const ScoredBatch&) { return std::int64_t{ 1 }; }), {},
            Added::squares)
        : add_up(set, {}, Added::gradients);
    strategy_->choose_entries(sums.gradients);
    opened_.add(strategy_->mask());
}

void Tuner::choose_entries(Sums& sums, StepOutcome& outcome)
{
    strategy_->choose_entries(sums.gradients);
    opened_.add(strategy_->mask());
    outcome.discovery->tunable_count = strategy_->tunable_count();
}

void Tuner::update(Sums sums, int number, bool figures_are_read, StepOutcome& outcome)
{
    if (!figures_are_read)
        read_figures(sums.figures, number, outcome);
    std::vector<torch::Tensor>& gradients = sums.gradients;
    if (config_.clip_norm > 0)
        clip_gradients(gradients, config_.clip_norm);
    optimizer_->reserve(strategy_->tensors(), strategy_->mask());
    ranks_.agree(); // all have the memory that the update takes
    whole_ = false;
    optimizer_->step(strategy_->tensors(), strategy_->mask(), gradients, outcome.learning_rate);
    strategy_->tensors_changed();
    whole_ = true;
}

// One pass serves everything.
StepOutcome Tuner::step_on_one(const BatchShare& batches, int number)
{
    StepOutcome outcome;
    outcome.learning_rate = learning_rate_at(number, config_.steps, config_);
    const bool discovers = strategy_->discovers_at(number);
    const bool chooses = discovers && strategy_->chooses_by_step();
    const bool on_probe = probe_.examples > 0;
    if (discovers && on_probe)
        discover_on(probe_, number, outcome);
    Sums sums{ no_figures(), {} };
    std::optional<Pass> pass;
    if (!batches.batches.empty()) {
        pass.emplace(forward(batches.batches.front(), discovers && !on_probe, true));
        sums.figures = figures_of(*pass, batches, 0);
    }
    sums.figures = add_figures(ranks_, sums.figures);
    if (discovers && !on_probe) {
        BlockScores blocks;
        const auto scores
            = edge_scores(batches, pass ? &*pass : nullptr, resamples() ? &blocks : nullptr);
        choose(scores, blocks, sums.figures, number, outcome);
    }
    if (chooses)
        strategy_->open_candidates();
    if (pass) { // its share of the batches of all processes
        auto objective = ranks_.alone() ? pass->loss
                                        : pass->loss * loss_part(batches, 0, config_.loss);
        if (config_.metric_penalty > 0)
            objective = objective
                + pass->metric * (penalty_slope(sums.figures) * share_of(batches, 0));
        sums.gradients = strategy_->gradients(objective, pass->taps);
        pass.reset(); // the update has its memory
    }
    add_gradients(ranks_, strategy_->mask(), strategy_->tensors(), sums.gradients);
    if (chooses)
        choose_entries(sums, outcome);
    update(std::move(sums), number, discovers && !on_probe, outcome);
    return outcome;
}

StepOutcome Tuner::step_on_several(const BatchShare& batches, int number)
{
    StepOutcome outcome;
    outcome.learning_rate = learning_rate_at(number, config_.steps, config_);
    torch::Tensor seen;
    const bool discovers = strategy_->discovers_at(number);
    const bool chooses = discovers && strategy_->chooses_by_step();
    if (discovers) {
        const Sums scored = discover_on(scored_instead_of(batches), number, outcome);
        if (probe_.examples == 0)
            seen = scored.figures;
    }
    // The circuit that decides which gradients are wanted is known only now: one more pass each.
    if (chooses)
        strategy_->open_candidates();
    Sums sums = add_up(batches, seen, Added::gradients);
    if (chooses)
        choose_entries(sums, outcome);
    update(std::move(sums), number, seen.defined(), outcome);
    return outcome;
}

StepOutcome Tuner::take_step(const BatchShare& batches, int number)
{
    // Every process must take the same way, also one whose share is empty.
    const bool one = !config_.recompute_blocks && batches.all_batches == 1;
    return one ? step_on_one(batches, number) : step_on_several(batches, number);
}

template <class Take>
StepOutcome Tuner::all_or_nothing(const Take& take)
{
    TrainingState before;
    save_decisions(before);
    try {
        return take();
    } catch (...) {
        restore_decisions(before);
        throw;
    }
}

StepOutcome Tuner::step(const BatchShare& batches, int number)
{
    if (!strategy_->discovers_at(number)) // then it decides nothing
        return take_step(batches, number);
    return all_or_nothing([&] {
        calibrate(batches);
        return take_step(batches, number);
    });
}

StepOutcome Tuner::discover(const BatchShare& batches)
{
    return all_or_nothing([&] {
        calibrate(batches);
        return take_discovery(batches);
    });
}

StepOutcome Tuner::take_discovery(const BatchShare& batches)
{
    StepOutcome outcome;
    discover_on(scored_instead_of(batches), 0, outcome);
    if (probe_.examples > 0)
        read_figures(figures_of(batches).figures, 0, outcome);
    ranks_.agree(); // all have had the memory for it
    return outcome;
}

void Tuner::require_equal_weights()
{
    if (ranks_.alone())
        return;
    whole_ = have_equal_bits(ranks_, strategy_->tensors().size(),
        [this](std::size_t index) { return known_weights(index); });
    if (!whole_)
        throw Error("The weights of the processes are no longer the same: their processors or their "
                    "versions of LibTorch compute differently. Start all of them on machines of one "
                    "kind; resume goes on from the latest checkpoint, where they were the same.");
}

// Of a spread block every process knows the entries that were ever opened.
torch::Tensor Tuner::known_weights(std::size_t index) const
{
    const torch::Tensor& tensor = *strategy_->tensors()[index];
    if (!model_.spread() || model_.spread()->layer_of(tensor) < 0)
        return tensor;
    torch::Tensor known = torch::zeros_like(tensor).detach();
    optimizer_->memory().put_weights(index, known);
    return known;
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
            opened_.save_difference(state, "difference", i, known_weights(i), before);
        else if (opened)
            opened_.save(state, "weights", i, known_weights(i));
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
    if (model_.spread())
        optimizer_->restore(state, opened_, tensors);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const HeldBlock held = opened_.any(i) ? block_of(model_, *tensors[i]) : HeldBlock();
        if (!opened_.restore_difference(state, "difference", i, *tensors[i]))
            opened_.restore(state, "weights", i, *tensors[i]);
        if (model_.spread()) {
            optimizer_->memory().take_weights(i, *tensors[i]);
            keep_opened_weights(model_, tensors, opened_.slices(i), *optimizer_);
        }
    }
    strategy_->tensors_changed();
    if (!model_.spread())
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
