// kill -9 of real training. CIRCUITLOOM_KILLS says how often; without it a few times.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/store/experiment_reader.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;

namespace {

int rounds()
{
    const char* wanted = std::getenv("CIRCUITLOOM_KILLS");
    return wanted ? std::atoi(wanted) : 4;
}

// circuitloom-cli in a process of its own.
pid_t start(const std::vector<std::string>& arguments)
{
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    const int quiet = ::open("/dev/null", O_WRONLY);
    ::dup2(quiet, 1);
    ::dup2(quiet, 2);
    std::vector<char*> words{ const_cast<char*>(CIRCUITLOOM_CLI) };
    for (const std::string& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::execv(CIRCUITLOOM_CLI, words.data());
    ::_exit(127);
}

// Iterations, evaluations and checkpoints follow one another closely, so that any of them is hit.
pid_t start_training(const std::filesystem::path& file)
{
    return start({ "tune", "--preset", "sv-disagreement", "--no-capabilities", "--set",
        "run.steps=100000", "--set", "run.evaluate_every=3", "--set", "run.evaluation_items=20",
        "--set", "checkpoint.every=2", "-o", file.string() });
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

// Lets `child` work until it has more than `before` iterations and a while longer, then kills it.
// Returns how many it had just before.
int kill_later(pid_t child, const std::filesystem::path& file, int before, std::size_t milliseconds)
{
    REQUIRE(child > 0);
    int status = 0;
    while (committed_iterations(file) <= before) {
        REQUIRE_MESSAGE(::waitpid(child, &status, WNOHANG) == 0, "training ended by itself");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    const int seen = committed_iterations(file);
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    return seen;
}

// Every number from 0 on once, and every circuit whole.
std::vector<Circuit> check_whole(const std::filesystem::path& file, int seen_before_kill)
{
    const ExperimentReader reader(file);
    const auto runs = reader.runs();
    REQUIRE(runs.size() == 1);
    const RunId run = runs.front().id;
    CHECK(runs.front().state == RunState::interrupted);
    const auto iterations = reader.iterations(run);
    CHECK(static_cast<int>(iterations.size()) >= seen_before_kill);
    std::vector<Circuit> circuits;
    for (std::size_t i = 0; i < iterations.size(); ++i) {
        REQUIRE(iterations[i].index.value == static_cast<int>(i));
        circuits.push_back(reader.circuit(run, iterations[i].index));
        REQUIRE(circuits.back().size() == static_cast<std::size_t>(runs.front().description.top_n));
    }
    const auto steps = reader.steps(run);
    for (std::size_t i = 0; i < steps.size(); ++i)
        REQUIRE(steps[i].step == static_cast<int>(i) + 1);
    for (const CheckpointRecord& record : reader.checkpoints(run)) {
        CHECK(record.step <= static_cast<int>(steps.size()));
        CHECK(!reader.checkpoint(run, record.id).tensors.empty());
    }
    return circuits;
}

} // namespace

TEST_CASE("killed at random moments of training, a run loses no commit and resumes the same")
{
    Random random(20);
    for (int attempt = 0; attempt < rounds(); ++attempt) {
        CAPTURE(attempt);
        const auto file = std::filesystem::temp_directory_path()
            / ("circuitloom-kill-" + std::to_string(::getpid()) + "-" + std::to_string(attempt)
                + ".loom");
        int seen = kill_later(start_training(file), file, 0, random.below(800));
        const auto first = check_whole(file, seen);
        // The resumed run makes again what came after its checkpoint, bit for bit, and more.
        seen = kill_later(start({ "resume", file.string(), "--run", "1" }), file,
            static_cast<int>(first.size()), random.below(300));
        const auto second = check_whole(file, seen);
        REQUIRE(second.size() > first.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            CHECK((first[i] == second[i]));
        for (const char* suffix : { "", "-wal", "-shm" })
            std::filesystem::remove(file.string() + suffix);
    }
}

TEST_CASE("a closed terminal stops a run in order, with the checkpoint that Ctrl-C makes")
{
    const auto file = std::filesystem::temp_directory_path()
        / ("circuitloom-hangup-" + std::to_string(::getpid()) + ".loom");
    for (const int signal : { SIGHUP, SIGTERM, SIGINT }) {
        const pid_t child = start({ "tune", "--preset", "sv-disagreement", "--no-capabilities",
            "--set", "run.steps=100000", "--set", "checkpoint.every=100000", "-o", file.string() });
        REQUIRE(child > 0);
        int status = 0;
        while (committed_iterations(file) < 2) {
            REQUIRE_MESSAGE(::waitpid(child, &status, WNOHANG) == 0, "training ended by itself");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        ::kill(child, signal);
        ::waitpid(child, &status, 0);
        CHECK(WIFEXITED(status));
        {
            const ExperimentReader reader(file);
            const RunSummary run = reader.runs().at(0);
            CHECK(run.state == RunState::stopped);
            const auto checkpoints = reader.checkpoints(run.id);
            REQUIRE(!checkpoints.empty());
            CHECK(checkpoints.back().step == reader.steps(run.id).back().step);
        }
        for (const char* suffix : { "", "-wal", "-shm" })
            std::filesystem::remove(file.string() + suffix);
    }
}

TEST_CASE("progress that nobody reads any more ends no run")
{
    const auto file = std::filesystem::temp_directory_path()
        / ("circuitloom-pipe-" + std::to_string(::getpid()) + ".loom");
    const std::string command = "'" CIRCUITLOOM_CLI "' tune --preset sv-disagreement "
                                "--no-capabilities --set run.steps=40 -o '"
        + file.string() + "' 2>&1 >/dev/null | true";
    CHECK(std::system(command.c_str()) == 0);
    const ExperimentReader reader(file);
    CHECK(reader.runs().at(0).state == RunState::finished);
    for (const char* suffix : { "", "-wal", "-shm" })
        std::filesystem::remove(file.string() + suffix);
}
