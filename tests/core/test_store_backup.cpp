// Copies of a file that is written to meanwhile.
#include "core/base/error.h"
#include "core/store/backup.h"
#include "core/store/database.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <random>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

/// Several times as many pages as are copied at a time.
void write_large_checkpoints(RunWriter& writer)
{
    constexpr std::int64_t size = 12 << 20;
    std::mt19937_64 random(7);
    for (int step = 1; step <= 5; ++step) {
        std::vector<std::uint64_t> noise(size / sizeof(std::uint64_t));
        for (std::uint64_t& number : noise)
            number = random();
        CheckpointRecord checkpoint;
        checkpoint.step = step;
        checkpoint.iterations = 0;
        checkpoint.reason = CheckpointReason::every;
        const TensorView tensor{ "w", ElementType::f32, { size / 4 },
            std::as_bytes(std::span<const std::uint64_t>(noise)), {} };
        writer.add_checkpoint(checkpoint, "{}", std::span(&tensor, 1), { 10, 0, false });
    }
}

} // namespace

TEST_CASE("a large file is copied while its run commits all the time")
{
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    RunWriter writer(file, samples::description());
    write_large_checkpoints(writer);
    std::atomic<int> committed = 0;
    const std::jthread training([&](std::stop_token stop) {
        for (int step = 10; !stop.stop_requested(); ++step) {
            writer.add_step({ step, 0.5, 0.25, 0.001 });
            ++committed;
        }
    });
    while (committed < 10)
        std::this_thread::yield();
    copy_experiment(file, folder / "copy.loom", false);
    const int most = committed + 1;
    const ExperimentReader copy(folder / "copy.loom");
    CHECK(copy.run(writer.id()).state == RunState::stopped);
    CHECK(copy.checkpoints(writer.id()).size() == 5);
    const auto steps = copy.steps(writer.id());
    CHECK(steps.size() >= 10);
    CHECK(static_cast<int>(steps.size()) <= most);
    CHECK(ExperimentReader(file).run(writer.id()).state == RunState::running);
}

TEST_CASE("a copy is ended between two of its steps")
{
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    {
        RunWriter writer(file, samples::description());
        write_large_checkpoints(writer);
    }
    const auto copy = folder / "copy.loom";
    std::ofstream{ copy };
    LoomDatabase source = LoomDatabase::open_for_reading(file);
    int steps = 0;
    const auto stop_at_third = [&steps] {
        if (++steps == 3)
            throw Cancelled("That is enough.");
    };
    CHECK_THROWS_AS(back_up(source, copy, stop_at_third), Cancelled);
    CHECK(steps == 3);
    back_up(source, copy);
    CHECK(ExperimentReader(copy).runs().size() == 1);
}
