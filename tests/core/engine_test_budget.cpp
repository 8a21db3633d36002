#include "core/base/error.h"
#include "core/run/silent_observer.h"
#include "core/tuning/budget.h"
#include "core/tuning/data_order.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/tuner.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace circuitloom;

namespace {

RunConfig demo_run(TuningMethod method)
{
    RunConfig config = preset("sv-disagreement");
    config.capabilities.clear();
    config.held_out_task.clear();
    config.reference_task.clear();
    config.method = method;
    config.device = "cpu";
    return config;
}

// What the first step of such a run opens.
std::int64_t opened_at_first(const RunConfig& config)
{
    SilentObserver silent;
    PreparedRun run = prepare_run(config, silent);
    Tuner tuner(run.model, run.graph, run.config);
    DataOrder order(run.task.examples.size(), config.seed);
    std::vector<const EncodedExample*> examples;
    for (const std::size_t index : order.next(static_cast<std::size_t>(config.batch)))
        examples.push_back(&run.task.examples[index]);
    return tuner.step(make_batch(examples, run.model.device(), run.model.dtype()), 1)
        .discovery->tunable_count;
}

} // namespace

TEST_CASE("a fixed circuit is given the edges that open what was asked for")
{
    SilentObserver silent;
    RunConfig config = demo_run(TuningMethod::fixed);
    config.selection.n = 57;
    const std::int64_t wanted = opened_at_first(config);
    config.selection.n = 1;
    const BudgetMatch match = match_budget(config, static_cast<double>(wanted), silent);
    CHECK(match.expected == wanted);
    CHECK(opened_at_first(match.config) == wanted);
}

TEST_CASE("LoRA is given the rank, and a random circuit the size, that come nearest")
{
    SilentObserver silent;
    const double wanted = 100'000;
    const BudgetMatch lora = match_budget(demo_run(TuningMethod::lora), wanted, silent);
    CHECK(opened_at_first(lora.config) == lora.expected);
    const double each
        = static_cast<double>(lora.expected) / static_cast<double>(lora.config.lora_rank);
    CHECK(std::abs(static_cast<double>(lora.expected) - wanted) <= each / 2);

    const BudgetMatch random = match_budget(demo_run(TuningMethod::random), wanted, silent);
    CHECK(std::abs(static_cast<double>(random.expected) - wanted) < 0.05 * wanted);

    for (const TuningMethod method : { TuningMethod::gradient_redrawn, TuningMethod::random_entries }) {
        const BudgetMatch entries = match_budget(demo_run(method), wanted, silent);
        CHECK(entries.expected == 100'000);
        CHECK(opened_at_first(entries.config) == 100'000);
    }
    CHECK_THROWS_AS(match_budget(demo_run(TuningMethod::bitfit), wanted, silent), InputError);
    CHECK_THROWS_AS(match_budget(demo_run(TuningMethod::full), wanted, silent), InputError);
    RunConfig threshold = demo_run(TuningMethod::circuit);
    threshold.selection.rule = SelectionRule::threshold;
    threshold.selection.threshold = 0.1;
    CHECK_THROWS_AS(match_budget(threshold, wanted, silent), InputError);
}
