#include "core/architecture/model_files.h"
#include "core/run/run_estimate.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/replay.h"
#include "core/tuning/tuned_model.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

// A file holds few checkpoints, in less room than the estimate before the start says, and a run
// whose others went can do everything that it could.

using namespace circuitloom;
using testing::Folder;
using testing::resume;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

bool same_weights(const Transformer& a, const Transformer& b)
{
    return std::ranges::equal(a.weights().all(), b.weights().all(),
        [](const torch::Tensor* one, const torch::Tensor* other) {
            return torch::equal(*one, *other);
        });
}

std::vector<int> steps_of(const std::filesystem::path& file, RunId run)
{
    std::vector<int> steps;
    for (const CheckpointRecord& record : ExperimentReader(file).checkpoints(run))
        steps.push_back(record.step);
    return steps;
}

std::int64_t bytes_of(const std::filesystem::path& file, RunId run)
{
    std::int64_t bytes = 0;
    for (const CheckpointRecord& record : ExperimentReader(file).checkpoints(run))
        bytes += record.bytes;
    return bytes;
}

/// Notes the most that the run's checkpoints took after any step.
struct Weighing : Watcher
{
    void step_done(const StepRecord& step, double rate) override
    {
        Watcher::step_done(step, rate);
        most = std::max(most, bytes_of(file, run));
    }
    std::filesystem::path file;
    std::int64_t most = 0;
};

} // namespace

TEST_CASE("a run with few checkpoints goes on bit for bit, and is rebuilt at any of its steps")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.steps = 40;
    config.discover_every = 3;
    config.evaluate_every = 7;
    config.learning_rate = 0.02;
    config.checkpoint_seconds = 0;
    config.checkpoint_keep_optimizer = true;
    SUBCASE("circuit") { }
    SUBCASE("circuit, AdamW")
    {
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.003;
    }
    SUBCASE("full")
    {
        config.method = TuningMethod::full;
    }
    config.checkpoint_every = 1;
    config.checkpoint_keep = 1000;
    Watcher whole;
    REQUIRE(tune(config, folder / "all.loom", whole) == RunState::finished);
    std::map<int, Transformer> had;
    const ExperimentReader all(folder / "all.loom");
    for (const CheckpointRecord& record : all.checkpoints(whole.run))
        had.emplace(record.step, tuned_model(all, whole.run, record.id).model);
    REQUIRE(had.size() == 40);

    const auto file = folder / "few.loom";
    config.checkpoint_every = 2;
    config.checkpoint_keep = 3;
    Watcher first;
    first.stop_after = 31;
    REQUIRE(tune(config, file, first) == RunState::stopped);
    CHECK(steps_of(file, first.run) == std::vector{ 14, 26, 31 });
    Watcher second;
    REQUIRE(resume(file, first.run, second) == RunState::finished);
    CHECK(steps_of(file, first.run) == std::vector{ 14, 26, 40 });
    Replay replay(file, first.run);
    for (const int step : { 40, 1, 13, 14, 15, 25, 26, 30, 31, 39, 40 }) {
        CAPTURE(step);
        replay.go_to(step);
        CHECK(same_weights(replay.model(), had.at(step)));
    }
}

TEST_CASE("checkpoints take no more than the estimate says, and of all weights no less than a quarter")
{
    const Folder folder;
    RunConfig config = preset("sv-disagreement");
    config.capabilities.clear();
    config.held_out_task.clear();
    config.reference_task.clear();
    config.steps = 12;
    config.discover_every = 4;
    config.evaluate_every = 0;
    config.checkpoint_every = 2;
    config.checkpoint_seconds = 0;
    bool all_of_it = false;
    SUBCASE("circuit") { }
    SUBCASE("circuit, AdamW, one circuit")
    {
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.001;
        config.discover_every = 100;
    }
    SUBCASE("a circuit that is found once")
    {
        config.method = TuningMethod::fixed;
    }
    SUBCASE("full")
    {
        config.method = TuningMethod::full;
        all_of_it = true;
    }
    SUBCASE("full, AdamW")
    {
        config.method = TuningMethod::full;
        config.optimizer = OptimizerKind::adamw;
        config.learning_rate = 0.001;
        all_of_it = true;
    }
    SUBCASE("full, bfloat16")
    {
        config.method = TuningMethod::full;
        config.dtype = Precision::bfloat16;
        all_of_it = true;
    }
    SUBCASE("LoRA")
    {
        config.method = TuningMethod::lora;
        all_of_it = true;
    }
    const ModelFiles files = open_model_files(config.model);
    const RunEstimate estimate
        = estimate_run(config, parse_model_config(files.config_json, files.config_origin));
    Weighing run;
    run.file = folder / "x.loom";
    REQUIRE(tune(config, run.file, run) == RunState::finished);
    const std::int64_t left = bytes_of(run.file, run.run);
    CHECK(run.most > 0);
    CHECK(run.most <= estimate.checkpoints);
    CHECK(left <= estimate.finished);
    if (all_of_it) {
        CHECK(run.most >= estimate.checkpoints / 4);
        CHECK(left >= estimate.finished / 4);
    }
    // The whole file: what was replaced has left no room behind.
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(run.file));
    constexpr std::int64_t tables = 1 << 18; // pages that are not full
    CHECK(size <= estimate.file + estimate.finished + tables);
    CHECK(size >= left);
}
