#include "core/base/error.h"
#include "core/engine/shared_run.h"
#include "core/run/silent_observer.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/replay.h"
#include "core/tuning/run_loop.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/tuned_model.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/free_port.h"
#include "tests/support/tiny_run.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace circuitloom;
using testing::FailingAllocator;
using testing::Folder;
using testing::resume;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

namespace {

/// Arms the allocator once a step is done, so that the next one runs out of memory.
class ShortOfMemory : public Watcher
{
public:
    ShortOfMemory(FailingAllocator& memory, int after_step, long spared, long failures)
        : memory_(memory)
        , after_step_(after_step)
        , spared_(spared)
        , failures_(failures)
    {
    }
    void step_done(const StepRecord& step, double pace) override
    {
        if (step.step == after_step_ + 1)
            allocations = memory_.seen();
        Watcher::step_done(step, pace);
        if (step.step == after_step_)
            memory_.fail_after(spared_, failures_);
    }
    void marked(const MarkRecord& mark) override { marks.push_back(mark); }

    std::vector<MarkRecord> marks;
    long allocations = 0; ///< that the step after it made

private:
    FailingAllocator& memory_;
    int after_step_;
    long spared_;
    long failures_;
};

RunConfig short_run(const Folder& folder)
{
    RunConfig config = tiny_run(folder);
    config.steps = 7;
    config.evaluate_every = 0;
    config.capabilities.clear();
    config.held_out_task.clear();
    config.warm_up = 2;
    config.dtype = Precision::float64; // rounding is far below what is compared
    return config;
}

/// The weights and circuits of a run whose steps from `halved_from` on are two batches of half the
/// examples, by the parts that a run is made of.
struct Accumulated
{
    Accumulated(const RunConfig& config, int halved_from)
        : run(prepare_run(config, silent))
        , tuner(run.model, run.graph, run.config, probe_batches(run.task, run.config, run.model))
    {
        DataOrder order(run.task.examples.size(), config.seed);
        RunConfig halves = run.config;
        halves.batch /= 2;
        halves.accumulate *= 2;
        for (int step = 1; step <= config.steps; ++step) {
            const RunConfig& passed = step < halved_from ? run.config : halves;
            const auto batches = next_batches(order, run.task, passed, run.model);
            const StepOutcome outcome = tuner.step(batches, step);
            losses.push_back(outcome.loss);
            if (outcome.discovery)
                circuits.push_back(outcome.discovery->circuit);
        }
        circuits.push_back(
            tuner.discover(next_batches(order, run.task, halves, run.model)).discovery->circuit);
    }

    SilentObserver silent;
    PreparedRun run;
    Tuner tuner;
    std::vector<Circuit> circuits;
    std::vector<double> losses;
};

double distance(const Transformer& a, const Transformer& b)
{
    const auto left = a.weights().all();
    const auto right = b.weights().all();
    REQUIRE(left.size() == right.size());
    double most = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        most = std::max(most, (*left[i] - *right[i]).abs().max().item<double>());
    return most;
}

void check_same(const std::filesystem::path& file, RunId id, const Accumulated& expected)
{
    const ExperimentReader reader(file);
    CHECK(reader.run(id).state == RunState::finished);
    REQUIRE(reader.iterations(id).size() == expected.circuits.size());
    for (std::size_t i = 0; i < expected.circuits.size(); ++i) {
        const Circuit circuit = reader.circuit(id, { static_cast<std::int32_t>(i) });
        REQUIRE(circuit.size() == expected.circuits[i].size());
        for (std::size_t e = 0; e < circuit.size(); ++e) {
            CHECK(circuit[e].edge == expected.circuits[i][e].edge);
            CHECK(circuit[e].score == doctest::Approx(expected.circuits[i][e].score).epsilon(1e-6));
        }
    }
    const auto steps = reader.steps(id);
    REQUIRE(steps.size() == expected.losses.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
        CHECK(steps[i].loss == doctest::Approx(expected.losses[i]).epsilon(1e-6));
    Replay replay(file, id);
    replay.go_to(static_cast<int>(steps.size()));
    CHECK(distance(replay.model(), expected.run.model) < 1e-6);
}

} // namespace

TEST_CASE("wherever memory runs out in a step, its batches are halved and the run stays the same")
{
    const Folder folder;
    FailingAllocator memory;
    for (const auto& [failing, change] : std::vector<std::pair<int, std::function<void(RunConfig&)>>>{
             { 4, [](RunConfig&) {} }, // with a discovery
             { 5, [](RunConfig& config) { config.metric_penalty = 0.1; } }, // without one
             { 4, [](RunConfig& config) { config.smoothing_beta1 = config.smoothing_beta2 = 0.5; } },
             { 4, [](RunConfig& config) { config.score_on = ScoredOn::probe; config.probe_examples = 6; } },
             { 4, [](RunConfig& config) { config.optimizer = OptimizerKind::adamw; } },
             { 4, [](RunConfig& config) { config.method = TuningMethod::random; } } }) {
        RunConfig config = short_run(folder);
        change(config);
        CAPTURE(to_json(config));
        ShortOfMemory whole(memory, failing - 1, FailingAllocator::never, 0);
        tune(config, folder / "whole.loom", whole);
        CHECK(whole.marks.empty());
        REQUIRE(whole.allocations > 20);
        std::filesystem::remove(folder / "whole.loom");
        const Accumulated expected(config, failing);
        for (const long share : { 0, 30, 60 }) {
            const long spared = whole.allocations * share / 100;
            CAPTURE(spared);
            ShortOfMemory watcher(memory, failing - 1, spared, 1);
            CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
            CHECK(memory.failed() == 1);
            REQUIRE(watcher.marks.size() == 1);
            CHECK(watcher.marks.front().step == failing);
            CHECK(watcher.marks.front().label.find("memory ran out") != std::string::npos);
            const auto marks = ExperimentReader(folder / "run.loom").marks(watcher.run);
            REQUIRE(marks.size() == 1);
            CHECK(marks.front().kind == memory_mark);
            CHECK(marks.front().label == watcher.marks.front().label);
            check_same(folder / "run.loom", watcher.run, expected);
            std::filesystem::remove(folder / "run.loom");
        }
    }
}

TEST_CASE("memory that runs out in the last discovery halves its batches too")
{
    const Folder folder;
    FailingAllocator memory;
    const RunConfig config = short_run(folder);
    ShortOfMemory whole(memory, config.steps, FailingAllocator::never, 0);
    tune(config, folder / "whole.loom", whole);
    const long allocations = memory.seen(); // since the last step: its checkpoint's, the discovery's
    ShortOfMemory watcher(memory, config.steps, allocations * 8 / 10, 1);
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(memory.failed() == 1);
    check_same(folder / "run.loom", watcher.run, Accumulated(config, config.steps + 1));
}

namespace {

/// Whether the run's last weights are those that it is rebuilt with, bit for bit, without any of
/// its checkpoints.
bool is_rebuilt(const std::filesystem::path& file, RunId run)
{
    const TunedModel last = tuned_model(ExperimentReader(file), run, std::nullopt);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("DELETE FROM checkpoint");
    Replay replay(file, run);
    replay.go_to(last.checkpoint.step);
    return distance(replay.model(), last.model) == 0;
}

/// Runs out of memory within the first step.
class ShortFromTheStart : public ShortOfMemory
{
public:
    explicit ShortFromTheStart(FailingAllocator& memory)
        : ShortOfMemory(memory, -2, FailingAllocator::never, 0)
        , first_(memory)
    {
    }
    void evaluated(const std::vector<EvaluationRecord>& records) override
    {
        ShortOfMemory::evaluated(records);
        if (records.front().step == 0)
            first_.fail_after(20, 1);
    }

private:
    FailingAllocator& first_;
};

} // namespace

TEST_CASE("a run whose memory ran out in its last discovery is rebuilt with whole batches")
{
    const Folder folder;
    FailingAllocator memory;
    RunConfig config = short_run(folder);
    config.dtype = Precision::float32; // whose rounding shows which batches were passed
    ShortOfMemory whole(memory, config.steps, FailingAllocator::never, 0);
    tune(config, folder / "whole.loom", whole);
    ShortOfMemory watcher(memory, config.steps, memory.seen() * 8 / 10, 1);
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(memory.failed() == 1);
    REQUIRE(watcher.marks.size() == 1);
    CHECK(watcher.marks.front().step == config.steps + 1); // the step that would have come
    CHECK(is_rebuilt(folder / "run.loom", watcher.run));
}

TEST_CASE("what halved batches of the calibration set chose is chosen again when a run is rebuilt")
{
    const Folder folder;
    FailingAllocator memory;
    RunConfig config = short_run(folder);
    config.held_out_task = config.task; // whose evaluation before the first step is seen
    config.evaluate_every = 100;
    config.method = TuningMethod::gradient;
    config.mask_share = 0.3;
    config.mask_examples = 18;
    config.dtype = Precision::bfloat16; // where rounding decides which entries are the largest
    ShortFromTheStart watcher(memory);
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(memory.failed() == 1);
    std::erase_if(watcher.marks, [](const MarkRecord& mark) { return mark.kind != memory_mark; });
    REQUIRE(watcher.marks.size() == 1);
    CHECK(watcher.marks.front().step == 1);
    CHECK(is_rebuilt(folder / "run.loom", watcher.run));
}

TEST_CASE("memory that runs out again ends the run with what to change, and the next one lives")
{
    const Folder folder;
    FailingAllocator memory;
    RunConfig config = short_run(folder);
    config.optimizer = OptimizerKind::adamw;
    ShortOfMemory watcher(memory, 3, 10, FailingAllocator::never);
    std::string said;
    try {
        tune(config, folder / "run.loom", watcher);
    } catch (const ResourceError& failure) {
        said = failure.what();
    }
    memory.fail_after(FailingAllocator::never, 0);
    CHECK(said.find("There is not enough memory") != std::string::npos);
    CHECK(said.find("run.batch=1 and run.accumulate=4") != std::string::npos);
    const RunSummary run = ExperimentReader(folder / "run.loom").run(watcher.run);
    CHECK(run.state == RunState::failed);
    CHECK(run.message == said);
    CHECK(run.steps_done == 3);
    CHECK(watcher.marks.size() == 1);

    Watcher next;
    CHECK(tune(config, folder / "run.loom", next) == RunState::finished);
    CHECK(next.run != watcher.run);

    // A batch of one example has no half.
    config.batch = 1;
    ShortOfMemory single(memory, 3, 10, 1);
    CHECK_THROWS_AS(tune(config, folder / "single.loom", single), ResourceError);
    CHECK(single.marks.empty());
    const auto failed = ExperimentReader(folder / "single.loom").run(single.run);
    CHECK(failed.state == RunState::failed);
    CHECK(failed.message.find("optimizer.kind=sgd") != std::string::npos);
}

TEST_CASE("a resumed run goes on in halves, bit for bit, and is rebuilt so")
{
    const Folder folder;
    FailingAllocator memory;
    RunConfig config = short_run(folder);
    config.checkpoint_every = 2; // not after the third step, where memory is short
    config.checkpoint_keep = 100;
    config.checkpoint_keep_optimizer = true;
    ShortOfMemory watcher(memory, 3, 30, 1);
    tune(config, folder / "run.loom", watcher);
    ShortOfMemory stopped(memory, 3, 30, 1);
    stopped.stop_after = 5;
    CHECK(tune(config, folder / "stopped.loom", stopped) == RunState::stopped);
    Watcher resumed;
    CHECK(resume(folder / "stopped.loom", stopped.run, resumed) == RunState::finished);
    const ExperimentReader one(folder / "run.loom");
    const ExperimentReader two(folder / "stopped.loom");
    for (int i = 0; i < static_cast<int>(one.iterations(watcher.run).size()); ++i)
        CHECK((one.circuit(watcher.run, { i }) == two.circuit(stopped.run, { i })));
    CHECK(two.marks(stopped.run).size() == 1);
    REQUIRE(watcher.marks.size() == 1);
    Replay replay(folder / "run.loom", watcher.run);
    Replay of_resumed(folder / "stopped.loom", stopped.run);
    replay.go_to(config.steps);
    of_resumed.go_to(config.steps);
    CHECK(distance(replay.model(), of_resumed.model()) == 0);
}

namespace {

/// The place of one of two processes, which are threads of this one.
ProcessPlace one_of_two(int rank, int port)
{
    ProcessPlace place;
    place.rank = place.local_rank = rank;
    place.size = place.local_size = 2;
    place.port = port;
    place.patience = std::chrono::seconds(60);
    return place;
}

RunState tune_by_two(
    const RunConfig& config, const std::filesystem::path& file, RunObserver& observer)
{
    const int port = testing::free_port();
    const std::jthread other([port] {
        try {
            assist(one_of_two(1, port), {});
        } catch (const Error&) {
            // The first one says what a test asks for.
        }
    });
    RunControl control;
    return make_shared_tuning_engine(one_of_two(0, port))->tune(config, file, observer, control, {});
}

RunConfig evaluated_run(const Folder& folder)
{
    RunConfig config = tiny_run(folder);
    config.dtype = Precision::float64;
    config.steps = 7;
    config.evaluate_every = 3;
    return config;
}

void check_near(
    const std::vector<EvaluationRecord>& found, const std::vector<EvaluationRecord>& expected)
{
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i].step == expected[i].step);
        CHECK(found[i].suite == expected[i].suite);
        CHECK(found[i].measure == expected[i].measure);
        CHECK(found[i].value == doctest::Approx(expected[i].value).epsilon(1e-6));
    }
}

} // namespace

TEST_CASE("of two threads that ask for memory at once, one is refused it where one is to be")
{
    FailingAllocator memory;
    constexpr int rounds = 20'000;
    std::atomic<int> arrived = 0;
    // Without sleeping, so that both leave at once.
    const auto meet = [&](int meeting) {
        ++arrived;
        for (int asked = 0; arrived < 2 * meeting; ++asked)
            if (asked > 1000)
                std::this_thread::yield(); // one core for both
    };
    int refused_otherwise = 0;
    const auto allocate = [&](bool arms) {
        for (int round = 0; round < rounds; ++round) {
            if (arms)
                memory.fail_after(0, 1);
            meet(2 * round + 1);
            try {
                memory.allocate(64);
            } catch (const c10::Error&) {
                // One of the two.
            }
            meet(2 * round + 2);
            if (arms && memory.failed() != 1)
                ++refused_otherwise;
        }
    };
    {
        const std::jthread other(allocate, false);
        allocate(true);
    }
    CHECK(refused_otherwise == 0);
}

TEST_CASE("memory that runs out in one of two processes halves the batches of both")
{
    const Folder folder;
    FailingAllocator memory;
    RunConfig config = short_run(folder);
    SUBCASE("that have all blocks each")
    {
    }
    SUBCASE("that keep the blocks apart")
    {
        config.recompute_blocks = config.shard_blocks = true;
    }
    constexpr int failing = 4; // a step with a discovery
    ShortOfMemory whole(memory, failing - 1, FailingAllocator::never, 0);
    REQUIRE(tune_by_two(config, folder / "whole.loom", whole) == RunState::finished);
    const Accumulated expected(config, failing);
    // Not at once: the other process may be in the end of its step, which cannot be taken again.
    for (const long share : { 15, 40, 60 }) {
        CAPTURE(share);
        ShortOfMemory watcher(memory, failing - 1, whole.allocations * share / 100, 1);
        CHECK(tune_by_two(config, folder / "run.loom", watcher) == RunState::finished);
        CHECK(memory.failed() == 1);
        REQUIRE(watcher.marks.size() == 1);
        CHECK(watcher.marks.front().step == failing);
        check_same(folder / "run.loom", watcher.run, expected);
        std::filesystem::remove(folder / "run.loom");
    }
}

TEST_CASE("memory that runs out in one of two processes ends both, with what to change")
{
    const Folder folder;
    FailingAllocator memory;
    const RunConfig config = short_run(folder);
    ShortOfMemory watcher(memory, 3, 10, FailingAllocator::never);
    CHECK_THROWS_WITH_AS(tune_by_two(config, folder / "run.loom", watcher),
        doctest::Contains("There is not enough memory"), ResourceError);
    memory.fail_after(FailingAllocator::never, 0);
    const RunSummary run = ExperimentReader(folder / "run.loom").run(watcher.run);
    CHECK(run.state == RunState::failed);
    CHECK(run.steps_done == 3);
    Watcher next;
    CHECK(tune_by_two(config, folder / "run.loom", next) == RunState::finished);
}

TEST_CASE("memory that runs out in an evaluation halves what evaluations pass")
{
    const Folder folder;
    FailingAllocator memory;
    RunConfig config = evaluated_run(folder);
    config.reference_task = config.task;
    bool two = false;
    SUBCASE("of one process")
    {
    }
    SUBCASE("of two")
    {
        two = true;
    }
    const auto run = [&](const char* name, Watcher& observer) {
        return two ? tune_by_two(config, folder / name, observer)
                   : tune(config, folder / name, observer);
    };
    ShortOfMemory whole(memory, 3, FailingAllocator::never, 0);
    REQUIRE(run("whole.loom", whole) == RunState::finished);
    // Of two the other one may have a little left to do of its step.
    for (const long spared : { 30, 60, 90 }) {
        CAPTURE(spared);
        ShortOfMemory watcher(memory, 3, spared, 1);
        CHECK(run("run.loom", watcher) == RunState::finished);
        CHECK(memory.failed() == 1);
        std::erase_if(watcher.marks,
            [](const MarkRecord& mark) { return mark.kind != evaluation_memory_mark; });
        REQUIRE(watcher.marks.size() == 1);
        CHECK(watcher.marks.front().step == 3);
        check_near(watcher.evaluations, whole.evaluations);
        std::filesystem::remove(folder / "run.loom");
    }
}
