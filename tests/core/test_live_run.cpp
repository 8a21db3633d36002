#include "core/run/worker.h"
#include "core/store/experiment_reader.h"
#include "tests/support/fake_engine.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <thread>

using namespace circuitloom;
using samples::TemporaryFolder;

TEST_CASE("a reader follows a run that is paused, gone on with, stopped and resumed")
{
    const TemporaryFolder folder;
    const auto file = folder / "live.loom";
    testing::FakeEngineOptions options;
    options.step_time = std::chrono::milliseconds(0);
    Worker worker([options] { return std::make_unique<testing::FakeEngine>(options); });
    RunConfig config;
    config.steps = 150;
    config.selection.n = 20;
    worker.start(config, file);

    std::optional<ExperimentReader> reader;
    RunId run;
    int announced = 0;
    int ends = 0;
    int pauses = 0;
    for (RunState ended = RunState::running; ended != RunState::finished;) {
        for (const WorkerMessage& message : worker.drain()) {
            if (const auto* started = std::get_if<message::Started>(&message)) {
                run = started->run;
                if (!reader)
                    reader.emplace(file);
            }
            if (const auto* committed = std::get_if<message::IterationCommitted>(&message)) {
                announced = committed->iteration.index.value;
                // What was announced is there; a resumed run may have taken it back since.
                const auto iterations = reader->iterations(run);
                if (ends == 0)
                    CHECK(static_cast<int>(iterations.size()) > announced);
                if (!iterations.empty())
                    CHECK(reader->circuits(run, { 0 }, { 3 }).size() <= 4);
            }
            if (const auto* end = std::get_if<message::Ended>(&message)) {
                ended = end->state;
                ++ends;
                if (ended == RunState::stopped)
                    worker.resume_run(file, run);
            }
        }
        if (announced > 20 && pauses < 3) {
            worker.pause();
            CHECK(reader->runs().size() == 1);
            worker.resume();
            if (++pauses == 3)
                worker.stop();
        }
        std::this_thread::yield();
    }
    CHECK(ends <= 2);
    CHECK(reader->run(run).state == RunState::finished);
    CHECK(reader->iterations(run).size() == 151);
    CHECK(reader->steps(run).size() == 150);
}
