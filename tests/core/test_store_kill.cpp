// kill -9 within a checkpoint and within a migration. CIRCUITLOOM_KILLS says how often; without it
// a few times.
#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/older_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <thread>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

int rounds()
{
    const char* wanted = std::getenv("CIRCUITLOOM_KILLS");
    return wanted ? std::atoi(wanted) : 10;
}

/// Runs `work` in a process of its own and kills that after so many microseconds.
void kill_within(std::size_t microseconds, const std::function<void()>& work)
{
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        try {
            work();
        } catch (...) {
            _exit(1);
        }
        _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK_FALSE((WIFEXITED(status) && WEXITSTATUS(status) != 0));
}

constexpr std::size_t checkpoint_bytes = (6 << 20) + 8;

/// What the checkpoint of `step` holds follows from the step.
std::vector<std::byte> content(int step)
{
    std::vector<std::byte> bytes(checkpoint_bytes);
    Random random(static_cast<std::uint64_t>(step));
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
        const std::uint64_t number = random.next();
        std::memcpy(bytes.data() + i, &number, 8);
    }
    return bytes;
}

void write_run(const std::filesystem::path& file)
{
    RunWriter writer(file, samples::description());
    for (int i = 0;; ++i) {
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_step({ i + 1, 1, 1, 1 });
        const auto bytes = content(i + 1);
        const TensorView tensor{ "weights.0", ElementType::u8,
            { static_cast<std::int64_t>(bytes.size()) }, bytes };
        writer.add_checkpoint(
            { 0, i + 1, i + 1, CheckpointReason::every, 0, 0 }, "{}", { &tensor, 1 }, { 2, 0 });
    }
}

} // namespace

TEST_CASE("killed at any moment of its checkpoints, a run goes on from the latest whole one")
{
    const TemporaryFolder folder;
    Random random(4);
    // A slow machine may have written nothing by then: there follow rounds of ever more time.
    constexpr int most_longer = 8;
    int checked = 0;
    for (int round = 0; round < rounds() || (checked == 0 && round < rounds() + most_longer);
         ++round) {
        CAPTURE(round);
        const int longer = std::max(0, round + 1 - rounds());
        const auto file = folder / ("run" + std::to_string(round) + ".loom");
        kill_within((30'000 + random.below(300'000)) << longer, [&] { write_run(file); });
        std::error_code error;
        if (!std::filesystem::exists(file, error) || std::filesystem::file_size(file, error) == 0)
            continue; // killed before it had begun
        try {
            if (ExperimentReader(file).runs().empty())
                continue;
        } catch (const InputError&) {
            continue; // while the file was being made
        }
        const ExperimentReader reader(file);
        CHECK(reader.run({ 1 }).state == RunState::interrupted);
        const auto checkpoints = reader.checkpoints({ 1 });
        const auto steps = reader.steps({ 1 });
        CHECK(steps.size() >= checkpoints.size());
        std::optional<CheckpointRecord> latest;
        for (const CheckpointRecord& record : checkpoints) {
            const StoredCheckpoint stored = reader.checkpoint({ 1 }, record.id);
            CHECK((stored.bytes.front() == content(record.step)));
            latest = record;
        }
        CHECK(checkpoints.size() <= 2);
        checked += checkpoints.empty() ? 0 : 1;
        const RunWriter next(file, { 1 }, latest);
        CHECK(
            static_cast<int>(reader.iterations({ 1 }).size()) == (latest ? latest->iterations : 0));
        for (const IterationRecord& iteration : reader.iterations({ 1 }))
            CHECK(
                reader.circuit({ 1 }, iteration.index) == samples::circuit(iteration.index.value));
    }
    MESSAGE(checked << " of the killed runs had a checkpoint");
    REQUIRE(checked > 0);
}

TEST_CASE("killed at any moment of its migration, an older file is old or new, and whole")
{
    const TemporaryFolder folder;
    const auto original = folder / "original.loom";
    constexpr int iterations = 300;
    samples::make_version_2(original, iterations);
    // How long a whole one takes here; the kills fall throughout, and some before and after.
    const auto timed = folder / "timed.loom";
    std::filesystem::copy_file(original, timed);
    const auto start = std::chrono::steady_clock::now();
    kill_within(0, [] {}); // a process costs time as well
    const auto forked = std::chrono::steady_clock::now();
    set_run_notes(timed, { 8 }, "brought on");
    const auto end = std::chrono::steady_clock::now();
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(end - forked).count();
    const auto fork_time
        = std::chrono::duration_cast<std::chrono::microseconds>(forked - start).count();
    Random random(5);
    int before = 0;
    int within = 0;
    int moved = 0;
    for (int round = 0; round < rounds(); ++round) {
        CAPTURE(round);
        const auto file = folder / ("old" + std::to_string(round) + ".loom");
        std::filesystem::copy_file(original, file);
        kill_within(random.below(static_cast<std::size_t>(fork_time + whole * 6 / 5)),
            [&] { set_run_notes(file, { 8 }, "brought on"); });
        const std::string name = "old" + std::to_string(round) + ".";
        const bool begun = std::ranges::any_of(
            std::filesystem::directory_iterator(folder.path()), [&](const auto& entry) {
                const std::string other = entry.path().filename().string();
                return other.starts_with(name) && other.find("-backup") != std::string::npos;
            });
        const auto check = [&](const std::filesystem::path& copy) {
            const ExperimentReader reader(copy);
            for (const int run : { 3, 8 }) {
                const auto circuits = reader.circuits({ run }, { 0 }, { iterations });
                REQUIRE(circuits.size() == iterations);
                for (int i = 0; i < iterations; i += 37)
                    CHECK(circuits[static_cast<std::size_t>(i)] == samples::circuit(run * i));
            }
        };
        check(file);
        ++(!ExperimentReader(file).run({ 8 }).notes.empty() ? moved : begun ? within : before);
        set_run_notes(file, { 8 }, "brought on after all");
        check(file);
        // Whatever bears a backup's name is a whole one.
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            const std::string other = entry.path().filename().string();
            if (other.starts_with(name) && other.ends_with(".loom")
                && other.find("-backup") != std::string::npos)
                check(entry.path());
        }
    }
    MESSAGE("a migration takes " << whole / 1000 << " ms; killed before " << before << ", within "
                                 << within << ", after " << moved);
}

TEST_CASE("a kill within a file's making leaves no file or a whole one")
{
    const samples::TemporaryFolder folder;
    Random random(7);
    for (int round = 0; round < rounds(); ++round) {
        const auto file = folder / ("made" + std::to_string(round) + ".loom");
        kill_within(
            random.below(6000), [&] { RunWriter writer(file, samples::description("killed")); });
        if (std::filesystem::exists(file))
            CHECK_NOTHROW(ExperimentReader(file).runs());
        RunWriter again(file, samples::description("again"));
        again.set_state(RunState::finished);
        CHECK(ExperimentReader(file).runs().back().description.name == "again");
    }
}
