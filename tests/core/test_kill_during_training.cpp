#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/store/experiment_reader.h"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;

namespace {

// circuitloom-cli tuning the demo model, in a process of its own.
pid_t start_training(const std::filesystem::path& file)
{
    const std::string name = file.string();
    const pid_t child = ::fork();
    if (child == 0) {
        const int quiet = ::open("/dev/null", O_WRONLY);
        ::dup2(quiet, 1);
        ::dup2(quiet, 2);
        ::execl(CIRCUITLOOM_CLI, CIRCUITLOOM_CLI, "tune", "--preset", "sv-disagreement", "--set",
            "run.steps=100000", "--set", "run.evaluate_every=0", "-o", name.c_str(),
            static_cast<char*>(nullptr));
        ::_exit(127);
    }
    return child;
}

// What a reader sees at this moment; 0 while the file is not there yet.
int committed_iterations(const std::filesystem::path& file)
{
    try {
        const auto runs = ExperimentReader(file).runs();
        return runs.empty() ? 0 : runs.front().iterations;
    } catch (const Error&) {
        return 0; // being created
    }
}

void check_whole(const std::filesystem::path& file, int seen_before_kill)
{
    const ExperimentReader reader(file);
    const auto runs = reader.runs();
    REQUIRE(runs.size() == 1);
    CHECK(runs.front().state == RunState::interrupted);
    const auto iterations = reader.iterations(runs.front().id);
    CHECK(static_cast<int>(iterations.size()) >= seen_before_kill);
    for (std::size_t i = 0; i < iterations.size(); ++i) {
        REQUIRE(iterations[i].index.value == static_cast<int>(i));
        const Circuit circuit = reader.circuit(runs.front().id, iterations[i].index);
        REQUIRE(static_cast<int>(circuit.size()) == iterations[i].edges);
        REQUIRE(circuit.size() == static_cast<std::size_t>(runs.front().description.top_n));
    }
}

} // namespace

TEST_CASE("twenty kills at random moments of training lose no committed iteration")
{
    Random random(20);
    for (int attempt = 0; attempt < 20; ++attempt) {
        CAPTURE(attempt);
        const auto file = std::filesystem::temp_directory_path()
            / ("circuitloom-kill-" + std::to_string(::getpid()) + "-" + std::to_string(attempt)
                + ".loom");
        const pid_t child = start_training(file);
        REQUIRE(child > 0);
        int status = 0;
        while (committed_iterations(file) == 0) {
            REQUIRE_MESSAGE(::waitpid(child, &status, WNOHANG) == 0, "training ended by itself");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(random.below(400)));
        const int seen = committed_iterations(file);
        ::kill(child, SIGKILL);
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        check_whole(file, seen);
        for (const char* suffix : { "", "-wal", "-shm" })
            std::filesystem::remove(file.string() + suffix);
    }
}
