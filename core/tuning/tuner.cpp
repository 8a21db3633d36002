#include "core/tuning/tuner.h"

#include "core/base/error.h"
#include "core/model/host_copy.h"
#include "core/run/divergence.h"
#include "core/tuning/schedule.h"
#include "core/tuning/spread_weights.h"
#include "core/tuning/step_sharing.h"

#include <cmath>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

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

Tuner::Tuner(Transformer& model, const ComputationalGraph& graph, const RunConfig& config,
    BatchShare probe, const Ranks& ranks)
    : model_(model)
    , graph_(graph)
    , config_(config)
    , probe_(std::move(probe))
    , ranks_(ranks)
    , strategy_(make_strategy(model, graph, config))
    , passes_(model, graph, config_, *strategy_, ranks)
    , chooser_(graph, config_, *strategy_)
    , optimizer_(
          make_optimizer(config, model.spread() ? KeptWeights::always : KeptWeights::where_rounded))
    , opened_(read_only(strategy_->tensors()))
    , random_(config.seed ^ 0x636972637569740aULL)
{
    config_.learning_rate = strategy_->learning_rate();
    opened_.add(strategy_->mask());
}

void Tuner::take_figures(const torch::Tensor& on_cpu, int number, StepOutcome& outcome)
{
    const auto* figure = on_cpu.data_ptr<double>();
    outcome.loss = figure[0];
    outcome.metric = figure[1];
    if (!std::isfinite(outcome.loss))
        throw Diverged("The loss"
            + (number > 0 ? " of step " + std::to_string(number) : std::string())
            + " is no longer finite");
}

void Tuner::read_figures(const torch::Tensor& figures, int number, StepOutcome& outcome)
{
    take_figures(on_host({ figures }).front(), number, outcome);
}

const BatchShare& Tuner::scored_instead_of(const BatchShare& batches) const
{
    return probe_.examples == 0 ? batches : probe_;
}

torch::Tensor Tuner::discover_on(const BatchShare& batches, int number, StepOutcome& outcome)
{
    BlockScores blocks;
    const auto [scores, figures]
        = passes_.edge_scores(batches, chooser_.resamples() ? &blocks : nullptr);
    choose(scores, blocks, figures, number, outcome);
    return figures;
}

void Tuner::choose(const torch::Tensor& scores, const BlockScores& blocks,
    const torch::Tensor& figures, int number, StepOutcome& outcome)
{
    const auto read = chooser_.read(scores, figures);
    take_figures(read.figures, number, outcome);
    // Certainty changes nothing, and only the first process keeps it.
    auto [circuit, certainty] = chooser_.choose(read, blocks, ranks_.is_first(), random_);
    open(circuit);
    outcome.discovery
        = Discovery{ std::move(circuit), strategy_->tunable_count(), std::move(certainty) };
}

void Tuner::open(const Circuit& circuit)
{
    circuit_ = circuit;
    strategy_->open(circuit, random_);
    if (model_.spread())
        keep_opened_weights(model_, strategy_->tensors(), strategy_->mask().slices(), *optimizer_);
    opened_.add(strategy_->mask());
}

Tuner::Sums Tuner::add_up(const BatchShare& batches, const torch::Tensor& seen, Added added)
{
    torch::Tensor slope;
    if (config_.metric_penalty > 0)
        slope = passes_.penalty_slope(seen.defined() ? seen : passes_.figures_of(batches));
    Sums sums{ passes_.no_figures(), {} };
    for (std::size_t i = 0; i < batches.batches.size(); ++i) {
        StepPasses::Pass pass = passes_.forward(batches.batches[i], false, true);
        sums.figures = sums.figures + passes_.figures_of(pass, batches, i);
        const auto objective = passes_.objective(pass, batches, i, slope);
        auto found = pass.recomputed ? strategy_->gradients(objective, *pass.recomputed)
                                     : strategy_->gradients(objective, pass.taps);
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
        ? add_up(
            in_parts(set, [](const ScoredBatch&) { return std::int64_t{ 1 }; }), {}, Added::squares)
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
    Sums sums{ passes_.no_figures(), {} };
    std::optional<StepPasses::Pass> pass;
    if (!batches.batches.empty()) {
        pass.emplace(passes_.forward(batches.batches.front(), discovers && !on_probe, true));
        sums.figures = passes_.figures_of(*pass, batches, 0);
    }
    sums.figures = add_figures(ranks_, sums.figures);
    if (discovers && !on_probe) {
        BlockScores blocks;
        const auto scores = passes_.edge_scores(
            batches, pass ? &*pass : nullptr, chooser_.resamples() ? &blocks : nullptr);
        choose(scores, blocks, sums.figures, number, outcome);
    }
    if (chooses)
        strategy_->open_candidates();
    if (pass) { // its share of the batches of all processes
        const auto objective
            = passes_.objective(*pass, batches, 0, passes_.penalty_slope(sums.figures));
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
        const auto figures = discover_on(scored_instead_of(batches), number, outcome);
        if (probe_.examples == 0)
            seen = figures;
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
        read_figures(passes_.figures_of(batches), 0, outcome);
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
        throw Error(
            "The weights of the processes are no longer the same: their processors or their "
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
    chooser_.save(state);
    state.values["random"] = random_.state();
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
    chooser_.restore(state);
    circuit_ = saved_circuit(state);
    strategy_->restore(state, circuit_);
    if (chooser_.discoveries() > 0)
        open(circuit_);
    random_.restore(state.value("random").get<Random::State>());
}

} // namespace circuitloom
