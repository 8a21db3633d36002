// What several processes of one run do, as threads of this one.
#include "core/base/error.h"
#include "core/distributed/connection.h"
#include "core/engine/shared_run.h"
#include "core/store/experiment_reader.h"
#include "tests/support/tiny_run.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <chrono>
#include <new>
#include <thread>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace circuitloom;
using testing::Folder;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;
using namespace std::chrono_literals;

namespace {

int free_port()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(socket, plain, length) == 0);
    REQUIRE(::getsockname(socket, plain, &length) == 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

/// The place of one of two processes.
ProcessPlace place(int rank, int port)
{
    ProcessPlace is;
    is.rank = is.local_rank = rank;
    is.size = is.local_size = 2;
    is.port = port;
    is.patience = 2s;
    return is;
}

std::jthread assisting(int port)
{
    return std::jthread([port] {
        try {
            assist(place(1, port), {});
        } catch (const Error&) {
            // The first one says what a test asks for.
        }
    });
}

RunState tune_first(int port, const RunConfig& config, const std::filesystem::path& file,
    RunObserver& observer, const std::stop_token& stop = {})
{
    RunControl control;
    return make_shared_tuning_engine(place(0, port))->tune(config, file, observer, control, stop);
}

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
    const std::jthread other = assisting(port);
    const std::jthread release([&] {
        std::this_thread::sleep_for(4s);
        writer.exec("COMMIT");
    });
    SUBCASE("a run that goes on")
    {
        Watcher watcher;
        RunControl control;
        CHECK(make_shared_tuning_engine(place(0, port))
                  ->resume(file, first.run, watcher, control, {})
            == RunState::finished);
    }
    SUBCASE("a new run")
    {
        Watcher watcher;
        CHECK(tune_first(port, config, file, watcher) == RunState::finished);
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
    CHECK(run_config_from_json(reader.run(watcher.run).description.configuration).device
        == "auto");
}

TEST_CASE("processes of different jobs that meet at one port tell one another nothing")
{
    const int port = free_port();
    const auto of_job = [port](int rank, const char* job) {
        ProcessPlace is = place(rank, port);
        is.job = job;
        return Connection(is, 5s);
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
