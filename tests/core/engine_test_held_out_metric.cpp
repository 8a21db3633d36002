#include "core/store/experiment_reader.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <fstream>
#include <optional>

using namespace circuitloom;
using testing::Folder;
using testing::resume;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

/// Every step's batch is the whole task, which is held out too: what a step measures before its
/// update is then what the evaluation before it found.
RunConfig run_on_the_whole_task(const Folder& folder, MetricKind metric)
{
    RunConfig config = tiny_run(folder);
    config.capabilities.clear();
    config.discovery.metric = metric;
    config.discovery.method = AttributionMethod::eap_ig; // eap has no gradient of kl at the start
    config.discovery.integration_steps = 2;
    config.steps = 3;
    config.batch = 18;
    config.evaluate_every = 1;
    return config;
}

std::optional<double> evaluated(
    const std::vector<EvaluationRecord>& records, std::string_view measure, int step)
{
    for (const EvaluationRecord& record : records)
        if (record.suite == task_suite && record.measure == measure && record.step == step)
            return record.value;
    return std::nullopt;
}

} // namespace

TEST_CASE("the held-out task is evaluated in the run's own metric")
{
    for (const MetricKind metric :
        { MetricKind::logit_diff, MetricKind::log_prob, MetricKind::prob_diff, MetricKind::kl }) {
        const std::string name(metric_names[static_cast<std::size_t>(metric)]);
        CAPTURE(name);
        const Folder folder;
        Watcher watcher;
        tune(run_on_the_whole_task(folder, metric), folder / "run.loom", watcher);
        REQUIRE(watcher.steps.size() == 3);
        const auto stored = ExperimentReader(folder / "run.loom").evaluations(watcher.run);
        for (const StepRecord& step : watcher.steps) {
            const auto value = evaluated(stored, name, step.step - 1);
            REQUIRE(value.has_value());
            CHECK(*value == doctest::Approx(step.metric).epsilon(1e-4));
            CHECK(evaluated(stored, "accuracy", step.step).has_value());
            CHECK(evaluated(stored, "logit-diff", step.step).has_value());
        }
        if (metric == MetricKind::kl) {
            CHECK(*evaluated(stored, name, 0) == doctest::Approx(0));
            CHECK(*evaluated(stored, name, 3) > 1e-4);
        }
    }
}

TEST_CASE("a resumed run compares with the model as it was before the first step")
{
    const Folder folder;
    const RunConfig config = run_on_the_whole_task(folder, MetricKind::kl);
    Watcher whole;
    tune(config, folder / "whole.loom", whole);
    Watcher part;
    part.stop_after = 2;
    tune(config, folder / "part.loom", part);
    Watcher rest;
    resume(folder / "part.loom", part.run, rest);
    CHECK((ExperimentReader(folder / "part.loom").evaluations(part.run)
        == ExperimentReader(folder / "whole.loom").evaluations(whole.run)));
}

TEST_CASE("a task without alternatives is evaluated by what its metric needs")
{
    const Folder folder;
    std::ofstream(folder / "plain.jsonl")
        << R"({"text": "abmnx", "spans": [{"start": 4, "end": 5}]})"
        << "\n"
        << R"({"text": "cdopx", "spans": [{"start": 4, "end": 5}]})"
        << "\n";
    RunConfig config = run_on_the_whole_task(folder, MetricKind::log_prob);
    config.task = config.held_out_task = (folder / "plain.jsonl").string();
    config.batch = 2;
    Watcher watcher;
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(evaluated(watcher.evaluations, "log-prob", 3).has_value());
    CHECK(evaluated(watcher.evaluations, "accuracy", 3).has_value());
    CHECK_FALSE(evaluated(watcher.evaluations, "logit-diff", 3).has_value());
}
