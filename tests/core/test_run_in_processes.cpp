// A run that a program has several processes share, and that may go on without it.
#include "core/base/error.h"
#include "core/remote/run_orders.h"
#include "core/run/run_in_processes.h"
#include "core/run/worker.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_process.h"
#include "tests/support/rank_processes.h"
#include "tests/support/store_samples.h"
#include "tests/support/tiny_configuration.h"
#include "tests/support/tiny_task.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <csignal>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;
using namespace circuitloom::testing;
using samples::TemporaryFolder;

namespace {

/// Keeps what is told, and does something after a step.
class Heard : public RunObserver
{
public:
    void preparing(const std::string& what) override { prepared.push_back(what); }
    void started(RunId id, const std::string& device, int planned) override
    {
        run = id;
        on = device;
        steps = planned;
    }
    void step_done(const StepRecord& step, double steps_per_second) override
    {
        last = step.step;
        pace = steps_per_second;
        if (after_step)
            after_step(step.step);
    }
    void iteration_committed(const IterationRecord&) override { }
    void evaluated(const std::vector<EvaluationRecord>&) override { }
    void marked(const MarkRecord&) override { }

    std::vector<std::string> prepared;
    RunId run;
    std::string on;
    int steps = 0;
    int last = 0;
    double pace = 0;
    std::function<void(int)> after_step;
};

struct Place
{
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "run.loom";
    std::stop_source stop;
    std::stop_source leave;

    Place() { write_tiny_task(folder.path()); }

    RunConfig config(int steps) const
    {
        RunConfig tiny = tiny_configuration(folder.path());
        tiny.steps = steps;
        return tiny;
    }
    RunState run(const std::variant<RunConfig, RunId>& what, Heard& heard)
    {
        return run_in_processes(
            { command_line_program(), file, what, 2 }, heard, stop.get_token(), leave.get_token());
    }
    RunSummary only() const { return ExperimentReader(file).runs().at(0); }
    pid_t launcher() const
    {
        return parent_of(static_cast<pid_t>(process_in_training(file, only().id).process));
    }
};

constexpr int endless = 100000; // steps

/// Waits until `is_so`, at most some minutes; `what` is so then.
void wait_until(const std::function<bool()>& is_so, const char* what)
{
    constexpr std::chrono::minutes patience{ 5 };
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end)
            FAIL("After " << patience.count() << " minutes it is not so that " << what << ".");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

} // namespace

TEST_CASE("processes that share a run finish it, and the file says how many they were")
{
    Place place;
    Heard heard;
    CHECK(place.run(place.config(12), heard) == RunState::finished);
    CHECK(heard.run == RunId{ 1 });
    CHECK(heard.steps == 12);
    CHECK(heard.last == 12); // however soon they were through
    CHECK(heard.on.find("CPU") != std::string::npos);
    REQUIRE_FALSE(heard.prepared.empty());
    CHECK(heard.prepared.front() == "starting 2 processes");
    const RunSummary run = place.only();
    CHECK(run.state == RunState::finished);
    CHECK(processes_of(run.description) == 2);
}

TEST_CASE("a run of several processes stops at a step, and goes on from there")
{
    Place place;
    Heard heard;
    heard.after_step = [&](int) { place.stop.request_stop(); };
    CHECK(place.run(place.config(endless), heard) == RunState::stopped);
    const RunSummary stopped = place.only();
    CHECK(stopped.state == RunState::stopped);
    CHECK(stopped.steps_done >= heard.last);
    CHECK(heard.pace > 0);

    Place other;
    other.file = place.file;
    Heard again;
    again.after_step = [&](int step) {
        if (step > stopped.steps_done)
            other.stop.request_stop();
    };
    CHECK(other.run(stopped.id, again) == RunState::stopped);
    CHECK(again.run == stopped.id);
    CHECK(place.only().steps_done > stopped.steps_done);
}

TEST_CASE("a run of several processes that is left goes on")
{
    Place place;
    Heard heard;
    heard.after_step = [&](int) {
        place.leave.request_stop();
        place.stop.request_stop(); // as a program does that ends
    };
    CHECK(place.run(place.config(endless), heard) == RunState::running);
    const int steps = place.only().steps_done;
    wait_until(
        [&] { return place.only().steps_done > steps + 3; }, "the run that was left goes on");
    const pid_t launcher = place.launcher();
    CHECK(launcher > 1);
    give_order(place.file, place.only().id, RunOrder::stop);
    wait_until([&] { return place.only().state == RunState::stopped; },
        "the run has stopped as it was told to");
}

TEST_CASE("a process that is lost is told in a sentence, and the run is marked failed")
{
    Place place;
    Heard heard;
    bool killed = false;
    heard.after_step = [&](int step) {
        if (step < 4 || std::exchange(killed, true))
            return;
        const pid_t second = process_of_rank(place.launcher(), 1);
        REQUIRE(second > 0);
        ::kill(second, SIGKILL);
    };
    CHECK_THROWS_WITH_AS(place.run(place.config(endless), heard),
        doctest::Contains("rank 1 was ended by a signal"), ResourceError);
    const RunSummary run = place.only();
    CHECK(run.state == RunState::failed);
    CHECK(!run.message.empty());
    CHECK(!ExperimentReader(place.file).checkpoints(run.id).empty());
}

TEST_CASE("what the processes refuse is told in their words")
{
    Place place;
    RunConfig config = place.config(12);
    config.task = (place.folder.path() / "nowhere.jsonl").string();
    Heard heard;
    CHECK_THROWS_WITH_AS(
        place.run(config, heard), doctest::Contains("nowhere.jsonl"), ResourceError);
    CHECK_FALSE(std::filesystem::exists(place.file));
    CHECK_THROWS_WITH_AS(run_in_processes({ "/no/such/program", place.file, config, 2 }, heard,
                             place.stop.get_token(), place.leave.get_token()),
        doctest::Contains("without a word"), ResourceError);
}

TEST_CASE("a run that is stopped before it began has stopped")
{
    Place place;
    place.stop.request_stop();
    Heard heard;
    CHECK(place.run(place.config(endless), heard) == RunState::stopped);
}

namespace {

/// While it lives, temporary files lie in that folder.
class TemporaryPlace
{
public:
    explicit TemporaryPlace(const std::filesystem::path& folder)
    {
        if (const char* before = std::getenv("TMPDIR"))
            before_ = before;
        ::setenv("TMPDIR", folder.c_str(), 1);
    }
    ~TemporaryPlace()
    {
        if (before_)
            ::setenv("TMPDIR", before_->c_str(), 1);
        else
            ::unsetenv("TMPDIR");
    }
    TemporaryPlace(const TemporaryPlace&) = delete;
    TemporaryPlace& operator=(const TemporaryPlace&) = delete;

private:
    std::optional<std::string> before_;
};

/// While it lives, what this process writes into files fails, as on a full disk.
class FullDisk
{
public:
    FullDisk()
        : handler_(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{ 0, before_.rlim_max };
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

/// Of a process that has ended.
pid_t ended_process()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    ::waitpid(child, nullptr, 0);
    return child;
}

} // namespace

TEST_CASE("a configuration that cannot be written for the processes is said to be what failed")
{
    Place place;
    const TemporaryPlace temporary(place.folder.path());
    Heard heard;
    std::string said;
    {
        const FullDisk full;
        try {
            place.run(place.config(12), heard);
        } catch (const Error& failure) {
            said = failure.what();
        }
    }
    CHECK(said.find("run.toml") != std::string::npos);
}

TEST_CASE("the folders that left runs leave behind go when another run begins")
{
    Place place;
    const std::filesystem::path temporary = place.folder.path() / "temporary";
    const TemporaryPlace there(temporary);
    const auto made = [&](pid_t process, const char* ending, bool old) {
        const std::filesystem::path folder
            = temporary / ("circuitloom-run-" + std::to_string(process) + ending);
        std::filesystem::create_directories(folder);
        std::ofstream(folder / "log") << "run 1 on CPU, 5 steps\n";
        if (old)
            std::filesystem::last_write_time(
                folder, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
        return folder;
    };
    const auto left = made(ended_process(), "-aaaaaa", true);
    const auto just_left = made(ended_process(), "-bbbbbb", false); // may be read yet
    const auto followed = made(::getpid(), "-cccccc", true);
    const auto unknown = temporary / "circuitloom-run-of-mine";
    std::filesystem::create_directories(unknown);
    Heard heard;
    CHECK_THROWS_AS(run_in_processes({ "/no/such/program", place.file, place.config(5), 2 }, heard,
                        place.stop.get_token(), place.leave.get_token()),
        ResourceError);
    CHECK_FALSE(std::filesystem::exists(left));
    CHECK(std::filesystem::exists(just_left));
    CHECK(std::filesystem::exists(followed));
    CHECK(std::filesystem::exists(unknown));
    CHECK(
        std::distance(std::filesystem::directory_iterator(temporary), {}) == 3); // its own has gone
}

TEST_CASE("how many processes a file names is believed within limits")
{
    RunDescription run;
    for (const char* text :
        { "", "{}", "[]", "not JSON", R"({"processes": "2"})", R"({"processes": -1})",
            R"({"processes": 0})", R"({"processes": 1e99})", R"({"processes": 1025})" }) {
        CAPTURE(text);
        run.software = text;
        CHECK(processes_of(run) == 1);
    }
    run.software = R"({"processes": 1024})";
    CHECK(processes_of(run) == 1024);
}
