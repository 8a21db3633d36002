#include "core/base/error.h"
#include "core/store/bookmarks.h"
#include "core/store/experiment_reader.h"
#include "core/store/merge.h"
#include "core/store/run_writer.h"
#include "tests/support/older_file.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stop_token>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

constexpr int many = 5;

std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(in), {} };
}

void write_run(RunWriter& writer, int first)
{
    for (int i = 0; i < many; ++i) {
        IterationRecord iteration = samples::iteration(first + i);
        iteration.index = { i };
        writer.add_iteration(iteration, samples::circuit(first + i));
        writer.add_step({ i + 1, 1.0 * first + i, 0.5, 0.001 });
    }
    writer.set_reference(samples::circuit(first + 100));
    writer.add_evaluations({ { 0, "task", "accuracy", 0.25, 10 }, { many, "task", "accuracy",
        0.01 * first, 10 } });
    writer.add_mark({ many, "reached", "mark of " + std::to_string(first) });
    const float weights[] = { 1.0F * static_cast<float>(first), 2.0F };
    CheckpointRecord checkpoint;
    checkpoint.step = many;
    checkpoint.iterations = many;
    checkpoint.reason = CheckpointReason::end;
    const TensorView tensor{ "w", ElementType::f32, { 2 },
        std::as_bytes(std::span<const float>(weights)), {} };
    writer.add_checkpoint(checkpoint, "{}", std::span(&tensor, 1), {});
    writer.set_state(RunState::finished);
}

// Everything that the two readers say of their runs is the same.
void check_same_run(const ExperimentReader& a, RunId in_a, const ExperimentReader& b, RunId in_b)
{
    const RunSummary first = a.run(in_a);
    const RunSummary second = b.run(in_b);
    CHECK(first.description.name == second.description.name);
    CHECK(first.description.shape == second.description.shape);
    CHECK(first.notes == second.notes);
    CHECK(first.created == second.created);
    CHECK(first.iterations == second.iterations);
    CHECK(first.steps_done == second.steps_done);
    for (int i = 0; i < first.iterations; ++i)
        CHECK(a.circuit(in_a, { i }) == b.circuit(in_b, { i }));
    CHECK(a.reference_circuit(in_a) == b.reference_circuit(in_b));
    const auto evaluations = a.evaluations(in_a);
    REQUIRE(evaluations.size() == b.evaluations(in_b).size());
    for (std::size_t i = 0; i < evaluations.size(); ++i)
        CHECK(evaluations[i].value == b.evaluations(in_b)[i].value);
    REQUIRE(a.marks(in_a).size() == b.marks(in_b).size());
    for (std::size_t i = 0; i < a.marks(in_a).size(); ++i)
        CHECK(a.marks(in_a)[i].label == b.marks(in_b)[i].label);
    CHECK(a.checkpoints(in_a).size() == b.checkpoints(in_b).size());
    REQUIRE(a.bookmarks(in_a).size() == b.bookmarks(in_b).size());
    for (std::size_t i = 0; i < a.bookmarks(in_a).size(); ++i)
        CHECK(a.bookmarks(in_a)[i].name == b.bookmarks(in_b)[i].name);
}

std::string sql(const std::filesystem::path& file, const std::string& query)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    return database.execAndGet(query).getString();
}

} // namespace

TEST_CASE("merged runs are what they were, and their files stay as they are")
{
    const TemporaryFolder folder;
    const auto a = folder / "a.loom", b = folder / "b.loom", all = folder / "all.loom";
    RunDescription other = samples::description("of another graph");
    other.shape.layers = 2;
    {
        RunWriter first(a, samples::description("first"));
        write_run(first, 1);
        RunWriter second(a, samples::description("second"));
        write_run(second, 11);
    }
    {
        RunWriter third(b, other);
        third.add_iteration(samples::iteration(0, 0), {});
        third.set_state(RunState::finished);
        RunWriter fourth(b, samples::description("fourth"));
        write_run(fourth, 21);
    }
    set_run_notes(a, { 2 }, "a note");
    add_bookmark(a, { 0, { 1 }, { 3 }, "here", "why", 0 });
    add_bookmark(b, { 0, { 2 }, { 2 }, "there", "", 0 });
    const std::string before_a = bytes_of(a), before_b = bytes_of(b);

    const std::filesystem::path files[] = { a, b };
    const auto runs = merge_experiments(files, all);
    REQUIRE(runs.size() == 4);
    const ExperimentReader merged(all);
    CHECK(merged.runs().size() == 4);
    for (const MergedRun& run : runs) {
        CAPTURE(run.here.value);
        check_same_run(ExperimentReader(run.file), run.there, merged, run.here);
    }
    CHECK(sql(all, "SELECT count(*) FROM graph") == "2"); // the one that three runs share, once
    CHECK(sql(all, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
    CHECK(sql(all, "PRAGMA integrity_check") == "ok");
    CHECK(bytes_of(a) == before_a);
    CHECK(bytes_of(b) == before_b);

    // More can be added later, and nothing else is left in the folder.
    const auto more = merge_experiments(std::span(files, 1), all);
    CHECK(ExperimentReader(all).runs().size() == 6);
    check_same_run(ExperimentReader(a), { 2 }, ExperimentReader(all), more[1].here);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        CHECK(entry.path().filename().string().find("loom.") == std::string::npos);
}

TEST_CASE("names of every length are taken, or refused with their own length")
{
    const TemporaryFolder folder;
    {
        RunWriter writer(folder / "a.loom", samples::description("a"));
        write_run(writer, 0);
    }
    const std::vector<std::filesystem::path> files{ folder / "a.loom" };
    const auto named = [&](std::size_t bytes) {
        std::string name; // of characters of two bytes, which must not be cut in two
        while (name.size() + 2 + 5 <= bytes)
            name += "ä";
        return folder / (name + std::string(bytes - 5 - name.size(), 'x') + ".loom");
    };
    for (const std::size_t bytes : { 230, 235, 236, 243, 244, 246, 247 }) {
        CAPTURE(bytes);
        CHECK(merge_experiments(files, named(bytes)).size() == 1);
        CHECK(ExperimentReader(named(bytes)).runs().size() == 1);
    }
    for (const std::size_t bytes : { 248, 250, 255 })
        CHECK_THROWS_WITH_AS(merge_experiments(files, named(bytes)),
            doctest::Contains(("it has " + std::to_string(bytes) + " bytes and may have 247").c_str()),
            InputError);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        CAPTURE(entry.path().string());
        CHECK(entry.path().extension() == ".loom"); // nothing temporary is left
    }
}

TEST_CASE("an older file and one that is written to can be merged; the result itself cannot")
{
    const TemporaryFolder folder;
    const auto old = folder / "old.loom", live = folder / "live.loom", all = folder / "all.loom";
    samples::make_version_3(old);
    RunWriter writer(live, samples::description("live"));
    writer.add_iteration(samples::iteration(0), samples::circuit(0));
    const std::filesystem::path files[] = { old, live };
    const auto runs = merge_experiments(files, all);
    REQUIRE(runs.size() == 3);
    const ExperimentReader merged(all);
    CHECK(merged.circuit(runs[0].here, { 2 }) == ExperimentReader(old).circuit({ 3 }, { 2 }));
    CHECK(merged.run(runs[2].here).state == RunState::stopped);
    CHECK(sql(old, "PRAGMA user_version") == "3");
    CHECK(ExperimentReader(live).run(writer.id()).state == RunState::running);
    CHECK_THROWS_AS(merge_experiments(std::span(&all, 1), all), InputError);
    const std::filesystem::path none[] = { folder / "none.loom" };
    CHECK_THROWS_AS(merge_experiments(none, all), InputError);
    CHECK(ExperimentReader(all).runs().size() == 3);
}

TEST_CASE("a merge that is stopped leaves nothing behind")
{
    const TemporaryFolder folder;
    RunWriter(folder / "a.loom", samples::description()).set_state(RunState::finished);
    std::stop_source source;
    source.request_stop();
    const std::vector<std::filesystem::path> files{ folder / "a.loom" };
    CHECK_THROWS_AS(merge_experiments(files, folder / "all.loom", source.get_token()), Cancelled);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        names.push_back(entry.path().filename().string());
    CHECK(names == std::vector<std::string>{ "a.loom" });
}

TEST_CASE("what a merge that was killed left is removed by the next one")
{
    const TemporaryFolder folder;
    const auto from = folder / "a.loom", all = folder / "all.loom";
    {
        RunWriter writer(from, samples::description("run"));
        for (int i = 0; i < 40; ++i) {
            IterationRecord iteration = samples::iteration(i);
            iteration.index = { i };
            writer.add_iteration(iteration, samples::circuit(i));
        }
        const std::vector<float> weights(1 << 18, 0.5F);
        CheckpointRecord checkpoint;
        checkpoint.step = 40;
        checkpoint.iterations = 40;
        const TensorView tensor{ "w", ElementType::f32, { 1 << 18 },
            std::as_bytes(std::span<const float>(weights)), {} };
        writer.add_checkpoint(checkpoint, "{}", std::span(&tensor, 1), {});
        writer.set_state(RunState::finished);
    }
    const std::vector<std::filesystem::path> files{ from };
    // The kernel ends it where a file would grow past a limit: while the copy is being written.
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit no_core{ 0, 0 };
        const rlimit half{ std::filesystem::file_size(from) / 2, RLIM_INFINITY };
        setrlimit(RLIMIT_CORE, &no_core);
        setrlimit(RLIMIT_FSIZE, &half);
        std::signal(SIGXFSZ, SIG_DFL);
        try {
            merge_experiments(files, all);
        } catch (...) {
            _exit(1);
        }
        _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const auto names = [&] {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    };
    REQUIRE(names().size() > 2); // the source, the result in the making, the copy
    REQUIRE_FALSE(std::filesystem::exists(all));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        std::filesystem::last_write_time(
            entry.path(), std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    CHECK(merge_experiments(files, all).size() == 1);
    CHECK(names() == std::vector<std::string>{ "a.loom", "all.loom" });
}

TEST_CASE("a merge that fails leaves nothing behind, and says which file is to blame")
{
    const TemporaryFolder folder;
    const auto good = folder / "good.loom", bad = folder / "bad.loom", all = folder / "all.loom";
    for (const auto& file : { good, bad }) {
        RunWriter writer(file, samples::description("run"));
        write_run(writer, 1);
    }
    const auto names = [&] {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    };
    const std::filesystem::path files[] = { good, bad };
    const auto refusal = [&] {
        try {
            merge_experiments(files, all);
        } catch (const ResourceError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const std::string whole = bytes_of(bad);
    SUBCASE("while it is copied: its pages are damaged")
    {
        std::string bytes = whole;
        for (std::size_t i = bytes.size() / 3; i < bytes.size() / 3 + 8192; ++i)
            bytes[i] = static_cast<char>(~bytes[i]);
        std::ofstream(bad, std::ios::binary) << bytes;
    }
    SUBCASE("while its rows are added: a run belongs to no graph")
    {
        SQLite::Database database(bad.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA foreign_keys = OFF");
        database.exec("UPDATE run SET graph_id = 99");
    }
    const auto before = names();
    CHECK(refusal().find(bad.string() + " is damaged") == 0);
    CHECK(names() == before);
    // A result that was there keeps what it had.
    merge_experiments(std::span(files, 1), all);
    const auto with_result = names();
    CHECK(refusal().find(bad.string() + " is damaged") == 0);
    CHECK(names() == with_result);
    CHECK(ExperimentReader(all).runs().size() == 1);
}
