// What several processes of one run do, as threads of this one.
#include "core/base/error.h"
#include "core/distributed/card_exchange.h"
#include "core/distributed/connection.h"
#include "core/engine/shared_run.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/run_beginning.h"
#include "core/tuning/run_loop.h"
#include "tests/support/free_port.h"
#include "tests/support/skip.h"
#include "tests/support/tiny_run.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <new>
#include <thread>

using namespace circuitloom;
using testing::Folder;
using testing::free_port;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;
using namespace std::chrono_literals;

namespace {

/// How long processes wait for one another on a busy machine.
constexpr auto usual_patience = 60s;

/// The place of one of two processes.
ProcessPlace place(int rank, int port, std::chrono::seconds patience = usual_patience)
{
    ProcessPlace is;
    is.rank = is.local_rank = rank;
    is.size = is.local_size = 2;
    is.port = port;
    is.patience = patience;
    return is;
}

std::jthread assisting(int port, std::chrono::seconds patience = usual_patience)
{
    return std::jthread([port, patience] {
        try {
            assist(place(1, port, patience), {});
        } catch (const Error&) {
            // The first one says what a test asks for.
        }
    });
}

RunState tune_first(int port, const RunConfig& config, const std::filesystem::path& file,
    RunObserver& observer, std::chrono::seconds patience = usual_patience)
{
    RunControl control;
    return make_shared_tuning_engine(place(0, port, patience))
        ->tune(config, file, observer, control, {});
}

/// Hears when the first process last said what it was about to do.
struct Listener : Watcher
{
    void preparing(const std::string&) override { heard = std::chrono::steady_clock::now(); }
    std::atomic<std::chrono::steady_clock::time_point> heard = std::chrono::steady_clock::now();
};

} // namespace

TEST_CASE("after a circuit that was not stored whole a shared run keeps no checkpoint of its step")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.discover_every = 1;
    config.evaluate_every = 0;
    config.checkpoint_every = 2;
    const auto file = folder / "run.loom";
    /// Stands for whatever may go wrong between a circuit and the figures of its step.
    struct Falling : Watcher
    {
        void iteration_committed(const IterationRecord& iteration) override
        {
            if (iteration.index.value == 5)
                throw std::bad_alloc();
        }
    } falling;
    {
        const int port = free_port();
        const std::jthread other = assisting(port);
        CHECK_THROWS_AS(tune_first(port, config, file, falling), ResourceError);
    }
    const ExperimentReader reader(file);
    CHECK(reader.run(falling.run).state == RunState::failed);
    CHECK(reader.steps(falling.run).size() == 5);
    const CheckpointRecord last = reader.checkpoints(falling.run).back();
    CHECK(last.step == 4);
    CHECK(last.iterations == 4);
    // So it can be gone on with, and nothing is missing then.
    Watcher watcher;
    CHECK(testing::resume(file, falling.run, watcher) == RunState::finished);
    CHECK(reader.steps(falling.run).size() == 12);
    CHECK(reader.iterations(falling.run).size() == 13);
}

TEST_CASE("where a loop cannot be made, whoever opened the file can still write why")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.discovery.metric = MetricKind::kl;
    config.discovery.method = AttributionMethod::eap_ig;
    Watcher watcher;
    PreparedRun prepared = prepare_run(config, watcher);
    RunBeginning beginning = new_run(prepared, folder / "run.loom", watcher);
    REQUIRE(!prepared.held_out.examples.empty());
    prepared.held_out.examples.front().ids.front() = 1 << 30; // which no model has
    CHECK_THROWS(RunLoop(std::move(prepared), std::move(beginning)));
    REQUIRE(beginning.output.exists());
    const RunId run = beginning.output.id();
    beginning.output.fail("there is no such token");
    const RunSummary stored = ExperimentReader(folder / "run.loom").run(run);
    CHECK(stored.state == RunState::failed);
    CHECK(stored.message == "there is no such token");
}

TEST_CASE("the others wait for a file that opens slowly as long as for the reading of a model")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    const auto file = folder / "run.loom";
    Watcher first;
    first.stop_after = 3;
    REQUIRE(tune(config, file, first) == RunState::stopped);
    const int port = free_port();
    // Whoever writes to the file keeps the first process from opening it, longer than patience.
    SQLite::Database writer(file.string(), SQLite::OPEN_READWRITE);
    writer.exec("BEGIN IMMEDIATE");
    constexpr auto patience = 2s;
    const std::jthread other = assisting(port, patience);
    Listener watcher;
    // Twice as long after all was prepared as the others would wait in a step.
    const std::jthread release([&] {
        while (std::chrono::steady_clock::now() - watcher.heard.load() < 2 * patience)
            std::this_thread::sleep_for(10ms);
        writer.exec("COMMIT");
    });
    SUBCASE("a run that goes on")
    {
        RunControl control;
        CHECK(make_shared_tuning_engine(place(0, port, patience))
                  ->resume(file, first.run, watcher, control, {})
            == RunState::finished);
    }
    SUBCASE("a new run")
    {
        CHECK(tune_first(port, config, file, watcher, patience) == RunState::finished);
    }
}

TEST_CASE("where a finished run is resumed, every process says that it is finished")
{
    const Folder folder;
    const auto file = folder / "run.loom";
    Watcher first;
    REQUIRE(tune(tiny_run(folder), file, first) == RunState::finished);
    for (const auto late : { 0ms, 500ms }) { // also one that comes when the first has ended
        const int port = free_port();
        std::string said;
        {
            const std::jthread other([&] {
                std::this_thread::sleep_for(late);
                try {
                    assist(place(1, port), {});
                } catch (const Error& error) {
                    said = error.what();
                }
            });
            Watcher watcher;
            RunControl control;
            const auto engine = make_shared_tuning_engine(place(0, port));
            CHECK_THROWS_WITH_AS(engine->resume(file, first.run, watcher, control, {}),
                doctest::Contains("is finished; there is nothing to go on with"), InputError);
        }
        CAPTURE(said);
        CHECK(said.find("is finished; there is nothing to go on with") != std::string::npos);
        CHECK(said.find("cannot reach") == std::string::npos);
    }
}

TEST_CASE("a run of several processes is stored with the device that the user named")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.steps = 2;
    config.device = "auto";
    const int port = free_port();
    const std::jthread other = assisting(port);
    Watcher watcher;
    REQUIRE(tune_first(port, config, folder / "run.loom", watcher) == RunState::finished);
    const ExperimentReader reader(folder / "run.loom");
    CHECK(run_config_from_json(reader.run(watcher.run).description.configuration).device == "auto");
}

TEST_CASE("processes of different jobs that meet at one port tell one another nothing")
{
    const int port = free_port();
    const auto of_job = [port](int rank, const char* job) {
        ProcessPlace is = place(rank, port);
        is.job = job;
        return Connection(is, usual_patience);
    };
    Connection first = of_job(0, "one");
    Connection other = of_job(1, "two");
    Connection second = of_job(1, "one");
    first.set("configuration", "of one");
    CHECK_FALSE(other.has("configuration"));
    CHECK(second.get("configuration") == "of one");
    other.set("failure", "of two");
    CHECK_FALSE(first.has("failure"));
}

TEST_CASE("tensors on the CPU are exchanged by Gloo, whether or not there is NCCL")
{
    CHECK(card_name(torch::kCPU).empty());
    const int port = free_port();
    const auto add_up = [port](int rank) {
        Connection connection(place(rank, port), usual_patience);
        connection.join(place(rank, port));
        CHECK(connection.takes(torch::kCPU));
        CHECK_FALSE(connection.takes(torch::Device(torch::kCUDA, 0)));
        torch::Tensor mine = torch::full({ 3 }, rank + 1.0);
        connection.reduce(mine, Reduction::sum);
        CHECK(torch::equal(mine, torch::full({ 3 }, 3.0)));
        mine.fill_(rank);
        connection.reduce(mine, Reduction::largest);
        CHECK(torch::equal(mine, torch::ones({ 3 })));
    };
    const std::jthread other([&] { add_up(1); });
    add_up(0);
}

TEST_CASE("what is built with NCCL has the version that LibTorch was built with"
    * doctest::test_suite("conditional"))
{
    if (nccl_version().empty())
        testing::skip("no headers of NCCL lie beside this LibTorch");
    else
        CHECK(nccl_version().find_first_not_of("0123456789.") == std::string::npos);
}
