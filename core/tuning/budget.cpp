#include "core/tuning/budget.h"

#include "core/base/error.h"
#include "core/discovery/edge_discovery.h"
#include "core/run/lora_matrices.h"
#include "core/tuning/data_order.h"
#include "core/tuning/methods/tuning_strategy.h"
#include "core/tuning/run_preparation.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

/// How many steps' circuits are looked at, of a method that chooses more than one.
constexpr int steps_looked_at = 4;

/// The mean size of the masks that circuits of n edges open.
class CircuitBudget
{
public:
    explicit CircuitBudget(PreparedRun& run)
        : run_(run)
    {
        const RunConfig& config = run.config;
        const auto each
            = static_cast<std::size_t>(config.batch) * static_cast<std::size_t>(config.accumulate);
        DataOrder order(run.task.examples.size(), config.seed);
        DiscoveryPlan plan;
        plan.options = config.discovery;
        plan.batch = config.batch;
        const int steps = tuning_method_info(config.method).chooses_once ? 1 : steps_looked_at;
        for (int step = 0; step < steps; ++step) {
            std::vector<EncodedExample> examples;
            for (const std::size_t index : order.next(each))
                examples.push_back(run.task.examples[index]);
            const auto found = discover_edges(run.model, run.graph, examples, plan);
            const auto scores = found.scores.to(torch::kFloat32).contiguous();
            scores_.emplace_back(
                scores.data_ptr<float>(), scores.data_ptr<float>() + scores.numel());
        }
    }

    double entries(int n) const
    {
        SelectionOptions selection = run_.config.selection;
        selection.n = n;
        Random random(run_.config.seed);
        // What random_ratio opens beside the circuit is no part of the match.
        RunConfig circuits_alone = run_.config;
        circuits_alone.random_ratio = 0;
        const auto strategy = make_strategy(run_.model, run_.graph, circuits_alone);
        double sum = 0;
        for (const std::vector<float>& scores : scores_) {
            strategy->open(strategy->choose(scores, selection, random), random);
            sum += static_cast<double>(strategy->tunable_count());
        }
        return sum / static_cast<double>(scores_.size());
    }

private:
    PreparedRun& run_;
    std::vector<std::vector<float>> scores_;
};

// The n that opens the nearest to `wanted`: more edges never open less.
int nearest_size(const CircuitBudget& budget, int most, double wanted)
{
    int least = 1;
    while (least < most) {
        const int middle = least + (most - least) / 2;
        if (budget.entries(middle) < wanted)
            least = middle + 1;
        else
            most = middle;
    }
    const bool below = least > 1
        && wanted - budget.entries(least - 1) < std::abs(budget.entries(least) - wanted);
    return below ? least - 1 : least;
}

} // namespace

BudgetMatch match_budget(const RunConfig& config, double entries, RunObserver& observer)
{
    const TuningMethodInfo& method = tuning_method_info(config.method);
    if (method.size_setting.empty())
        throw InputError("circuit.method = \"" + std::string(method.name)
            + (method.part == TunedPart::biases
                      ? "\" opens every bias; it has no size to match a budget with."
                      : "\" opens every parameter; it has no size to match a budget with."));
    const bool adapters = method.part == TunedPart::adapters;
    const bool entries_alone = method.part == TunedPart::entries;
    if (method.part == TunedPart::circuit && config.selection.rule == SelectionRule::threshold)
        throw InputError("circuit.rule = \"threshold\" has no number of edges to match a budget "
                         "with; use top-n or top-nodes.");
    PreparedRun run = prepare_run(config, observer);
    BudgetMatch match{ config, 0 };
    if (adapters) {
        const auto each = static_cast<double>(
            lora_entries_per_rank(run.model.config(), lora_targets(config.lora_targets)));
        match.config.lora_rank = std::max(1, static_cast<int>(std::lround(entries / each)));
        match.expected = std::llround(match.config.lora_rank * each);
    } else if (entries_alone) {
        const Weights& weights = run.model.weights();
        const auto all
            = static_cast<double>(ParameterMask::block_matrices(weights).count(weights));
        // What trains beside is no part of the match, as with circuits.
        match.config.mask_share = std::clamp(entries / all, 1 / all, 1.0);
        match.expected = std::llround(match.config.mask_share * all);
    } else {
        observer.preparing("scoring circuits of several sizes");
        const CircuitBudget budget(run);
        const int n = nearest_size(budget, static_cast<int>(run.graph.edges().size()), entries);
        match.config.selection.n = n;
        match.config.top_n_schedule = Schedule::constant;
        match.expected = std::llround(budget.entries(n));
    }
    validate(match.config);
    return match;
}

} // namespace circuitloom
