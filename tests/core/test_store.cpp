#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/migrations.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "core/store/upgrade.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <fstream>
#include <limits>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

bool same(const IterationRecord& a, const IterationRecord& b)
{
    return a.index == b.index && a.step == b.step && a.loss == b.loss && a.metric == b.metric
        && a.tunable_ratio == b.tunable_ratio && a.tunable_count == b.tunable_count
        && a.edges == b.edges && a.entered == b.entered && a.seconds == b.seconds;
}

void write_iterations(RunWriter& writer, int count)
{
    for (int i = 0; i < count; ++i)
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
}

std::string sql(const std::filesystem::path& file, const std::string& query)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    return database.execAndGet(query).getString();
}

} // namespace

TEST_CASE("what was written is read back, value for value")
{
    const TemporaryFolder folder;
    const auto file = folder / "all.loom";
    RunWriter writer(file, samples::description());
    write_iterations(writer, 5);
    writer.add_step({ 1, 2.5, -0.75, 0.001 });
    writer.add_step({ 2, 2.25, -0.5, 0.002 });
    const std::vector<EvaluationRecord> evaluations
        = { { 0, "this/these", "accuracy", 1.0, 200 }, { 0, "was/were", "accuracy", 0.97, 200 },
              { 2, "held-out", "logit-diff", -3.5, 50 }, { 2, "was/were", "accuracy", 0.5, 200 } };
    writer.add_evaluations(evaluations);
    writer.add_mark({ 2, "reached", "95 % wrong form" });

    const ExperimentReader reader(file);
    CHECK(reader.file() == file);
    const RunSummary run = reader.run(writer.id());
    const RunDescription expected = samples::description();
    CHECK(run.description.name == expected.name);
    CHECK(run.description.method == expected.method);
    CHECK(run.description.configuration == expected.configuration);
    CHECK(run.description.model == expected.model);
    CHECK(run.description.model_fingerprint == expected.model_fingerprint);
    CHECK(run.description.software == expected.software);
    CHECK(run.description.seed == expected.seed);
    CHECK(run.description.steps == expected.steps);
    CHECK(run.description.top_n == expected.top_n);
    CHECK(run.description.parameters == expected.parameters);
    CHECK(run.description.shape == expected.shape);
    CHECK(run.description.graph == expected.graph);
    CHECK(run.state == RunState::running);
    CHECK(run.iterations == 5);
    CHECK(run.steps_done == 2);
    CHECK(run.last_loss == 2.25);
    CHECK(run.last_metric == -0.5);

    const auto iterations = reader.iterations(writer.id());
    REQUIRE(iterations.size() == 5);
    for (int i = 0; i < 5; ++i) {
        CHECK(same(iterations[static_cast<std::size_t>(i)], samples::iteration(i)));
        CHECK(reader.circuit(writer.id(), { i }) == samples::circuit(i));
    }
    CHECK(reader.iterations(writer.id(), { 3 }).size() == 2);
    CHECK(reader.steps(writer.id()).size() == 2);
    CHECK(reader.steps(writer.id(), 1).front().learning_rate == 0.002);
    CHECK(reader.evaluations(writer.id()) == evaluations);
    CHECK(reader.evaluations(writer.id(), 0).size() == 2);
    REQUIRE(reader.marks(writer.id()).size() == 1);
    CHECK(reader.marks(writer.id()).front().label == "95 % wrong form");
}

TEST_CASE("a loss that is not a number or infinite is kept; a score that is none is refused")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "nan.loom", samples::description());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    writer.add_step({ 1, nan, infinity, 0.1 });
    const ExperimentReader reader(folder / "nan.loom");
    CHECK(std::isnan(reader.steps(writer.id()).front().loss));
    CHECK(reader.steps(writer.id()).front().metric == infinity);
    CHECK_FALSE(reader.run(writer.id()).last_loss.has_value());

    Circuit broken = samples::circuit(0);
    for (const double score : { nan, infinity, -infinity }) {
        broken.back().score = static_cast<float>(score);
        CHECK_THROWS_AS(writer.add_iteration(samples::iteration(0), broken), InputError);
    }
    broken.back() = { { 1 << 20 }, 0.5f };
    CHECK_THROWS_AS(writer.add_iteration(samples::iteration(0), broken), InputError);
    CHECK_THROWS_AS(
        writer.add_iteration(samples::iteration(0, 3), samples::circuit(0)), InputError);
    CHECK(reader.iterations(writer.id()).empty());
}

TEST_CASE("a refused iteration leaves nothing behind and the writer goes on")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "x.loom", samples::description());
    write_iterations(writer, 2);
    CHECK_THROWS_AS(
        writer.add_iteration(samples::iteration(1), samples::circuit(7)), ResourceError);
    Circuit twice = samples::circuit(2);
    twice.back() = twice.front();
    CHECK_THROWS_AS(writer.add_iteration(samples::iteration(2), twice), ResourceError);
    writer.add_iteration(samples::iteration(2), samples::circuit(2));
    const ExperimentReader reader(folder / "x.loom");
    CHECK(reader.iterations(writer.id()).size() == 3);
    CHECK(reader.circuit(writer.id(), { 1 }) == samples::circuit(1));
    CHECK(reader.circuit(writer.id(), { 2 }) == samples::circuit(2));
}

TEST_CASE("states: what was set, stopped when the writer leaves")
{
    const TemporaryFolder folder;
    const auto file = folder / "states.loom";
    const auto state = [&](RunId id) { return ExperimentReader(file).run(id).state; };
    RunId id;
    {
        RunWriter writer(file, samples::description());
        id = writer.id();
        writer.set_state(RunState::paused);
        CHECK(state(id) == RunState::paused);
        writer.set_state(RunState::running);
        CHECK(state(id) == RunState::running);
    }
    CHECK(state(id) == RunState::stopped);
    {
        RunWriter writer(file, samples::description());
        id = writer.id();
        writer.set_state(RunState::failed, "the device ran out of memory");
    }
    CHECK(state(id) == RunState::failed);
    CHECK(ExperimentReader(file).run(id).message == "the device ran out of memory");
}

TEST_CASE("an ended run is whole in the .loom file alone, even while a reader has it open")
{
    const TemporaryFolder folder;
    const auto file = folder / "whole.loom";
    RunWriter writer(file, samples::description());
    const ExperimentReader watching(file);
    write_iterations(writer, 20);
    CHECK(watching.iterations(writer.id()).size() == 20);
    writer.set_state(RunState::finished);
    std::filesystem::copy_file(file, folder / "alone.loom");
    CHECK(ExperimentReader(folder / "alone.loom").iterations(writer.id()).size() == 20);
}

TEST_CASE("runs with the same graph share one catalogue, which goes with the last of them")
{
    const TemporaryFolder folder;
    const auto file = folder / "shared.loom";
    RunDescription other = samples::description("other graph");
    other.graph.mlp_group_size = 0;
    std::vector<RunId> ids;
    for (const RunDescription& run :
        { samples::description("a"), samples::description("b"), other }) {
        RunWriter writer(file, run);
        if (run.name != other.name)
            write_iterations(writer, 3);
        ids.push_back(writer.id());
    }
    CHECK(sql(file, "SELECT count(*) FROM graph") == "2");
    const auto runs = ExperimentReader(file).runs();
    REQUIRE(runs.size() == 3);
    CHECK(runs[0].description.name == "a");
    CHECK(runs[2].description.graph.mlp_group_size == 0);

    delete_run(file, ids[0]);
    CHECK(sql(file, "SELECT count(*) FROM graph") == "2");
    CHECK_THROWS_AS(ExperimentReader(file).run(ids[0]), InputError);
    CHECK(ExperimentReader(file).circuit(ids[1], { 2 }) == samples::circuit(2));
    delete_run(file, ids[1]);
    CHECK(sql(file, "SELECT count(*) FROM graph") == "1");
    CHECK(sql(file, "SELECT count(*) FROM circuit_edge") == "0");
    CHECK(sql(file, "SELECT count(*) FROM iteration") == "0");
    CHECK(sql(file, "SELECT count(*) FROM run") == "1");
    CHECK_THROWS_AS(delete_run(file, ids[1]), InputError);
}

TEST_CASE("graphs of parallel blocks are kept apart from others of the same sizes")
{
    const TemporaryFolder folder;
    const auto file = folder / "parallel.loom";
    RunDescription parallel = samples::description("parallel");
    parallel.shape.parallel = true;
    const RunWriter serial_run(file, samples::description());
    const RunWriter parallel_run(file, parallel);
    const ExperimentReader reader(file);
    CHECK_FALSE(reader.run(serial_run.id()).description.shape.parallel);
    CHECK(reader.run(parallel_run.id()).description.shape == parallel.shape);
    CHECK(sql(file, "SELECT count(*) FROM graph") == "2");
}

TEST_CASE("a file of schema version 1 is read as it is, and goes on as one of this version")
{
    const TemporaryFolder folder;
    const auto file = folder / "old.loom";
    const RunDescription old = samples::description();
    const ComputationalGraph graph(old.shape, old.graph);
    const auto edges = graph.edges();
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(migrations()[0]);
        database.exec("PRAGMA application_id = " + std::to_string(loom_application_id));
        database.exec("PRAGMA user_version = 1");
        database.exec("INSERT INTO graph VALUES (7, 'full', 3, 4, 2, 8, 4)");
        for (std::size_t edge = 0; edge < edges.size(); ++edge)
            database.exec("INSERT INTO edge VALUES (7, " + std::to_string(edge) + ", "
                + std::to_string(edges[edge].source.value) + ", "
                + std::to_string(edges[edge].target.value) + ")");
        database.exec(
            "INSERT INTO run VALUES (1, 'old', 'circuit', '{}', 'demo', 'f', '{}', '1', 5, 12, 9, "
            "7, 1000, 2000, 'finished', '', 1, 1, 'boot')");
        database.exec("INSERT INTO iteration VALUES (1, 0, 0, 1.5, 2.5, 0.5, 3, 1, 0, 0.25)");
        database.exec("INSERT INTO circuit_edge VALUES (1, 0, 11, 0.5)");
    }
    const ExperimentReader before(file);
    const auto check = [&](const ExperimentReader& reader) {
        CHECK(reader.run({ 1 }).description.name == "old");
        CHECK(reader.run({ 1 }).description.shape == old.shape);
        CHECK(reader.circuit({ 1 }, { 0 }) == Circuit{ { { 11 }, 0.5f } });
    };
    check(before);
    CHECK(sql(file, "PRAGMA user_version") == "1");

    RunDescription parallel = old;
    parallel.shape.parallel = true;
    const RunWriter writer(file, old);
    const RunWriter other(file, parallel);
    CHECK(sql(file, "PRAGMA user_version") == std::to_string(schema_version()));
    check(ExperimentReader(file));
    check(before); // which was open all the time
    CHECK(before.run(other.id()).description.shape == parallel.shape);
    CHECK(sql(file, "SELECT graph_id FROM run WHERE run_id = " + std::to_string(writer.id().value))
        == "7");
    CHECK(
        sql(file, "SELECT count(*) FROM edge WHERE graph_id = 7") == std::to_string(edges.size()));
    CHECK(sql(file, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
}

TEST_CASE("a run that is going on cannot be deleted")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "busy.loom", samples::description());
    CHECK_THROWS_AS(delete_run(folder / "busy.loom", writer.id()), InputError);
    writer.set_state(RunState::stopped);
    CHECK_NOTHROW(delete_run(folder / "busy.loom", writer.id()));
}

TEST_CASE("anybody with a SQLite shell finds circuits by name")
{
    const TemporaryFolder folder;
    const auto file = folder / "views.loom";
    RunWriter writer(file, samples::description());
    write_iterations(writer, 2);
    writer.add_evaluations({ { 0, "was/were", "accuracy", 1.0, 9 } });
    writer.add_evaluations({ { 4, "was/were", "accuracy", 0.25, 9 } });

    const ComputationalGraph graph(samples::description().shape, samples::description().graph);
    const ScoredEdge strongest = samples::circuit(1).front();
    CHECK(sql(file,
              "SELECT source || '->' || target FROM circuit WHERE run_id = 1 "
              "AND iteration = 1 LIMIT 1")
        == graph.edge_name(strongest.edge));
    CHECK(sql(file, "SELECT count(*) FROM circuit") == "24");
    CHECK(sql(file, "SELECT iterations FROM run_overview") == "2");
    CHECK(sql(file, "SELECT change FROM capability WHERE step = 4") == "-0.75");
    CHECK(sql(file, "PRAGMA application_id") == std::to_string(loom_application_id));
    CHECK(sql(file, "PRAGMA user_version") == std::to_string(schema_version()));
    CHECK(sql(file, "PRAGMA journal_mode") == "wal");
    CHECK(sql(file, "PRAGMA integrity_check") == "ok");
    SQLite::Database database(file.string());
    CHECK_FALSE(SQLite::Statement(database, "PRAGMA foreign_key_check").executeStep());
}

TEST_CASE("creating and copying never overwrite by accident")
{
    const TemporaryFolder folder;
    create_experiment(folder / "new.loom");
    CHECK(ExperimentReader(folder / "new.loom").runs().empty());
    CHECK_THROWS_AS(create_experiment(folder / "new.loom"), InputError);
    CHECK_THROWS_AS(create_experiment(folder / "no/such/folder.loom"), ResourceError);

    RunWriter writer(folder / "open.loom", samples::description());
    write_iterations(writer, 4);
    copy_experiment(folder / "open.loom", folder / "copy.loom", false);
    const ExperimentReader copy(folder / "copy.loom");
    CHECK(copy.circuit(writer.id(), { 3 }) == samples::circuit(3));
    CHECK(copy.run(writer.id()).state == RunState::stopped);
    CHECK(ExperimentReader(folder / "open.loom").run(writer.id()).state == RunState::running);

    CHECK_THROWS_AS(copy_experiment(folder / "new.loom", folder / "copy.loom", false), InputError);
    CHECK_THROWS_AS(copy_experiment(folder / "new.loom", folder / "new.loom", true), InputError);
    CHECK_THROWS_AS(copy_experiment(folder / "new.loom", folder / "open.loom", true), InputError);
    copy_experiment(folder / "new.loom", folder / "copy.loom", true);
    CHECK(ExperimentReader(folder / "copy.loom").runs().empty());
    CHECK_FALSE(std::filesystem::exists(folder / "copy.loom.part"));
}

TEST_CASE("missing runs and iterations are named")
{
    const TemporaryFolder folder;
    RunWriter writer(folder / "x.loom", samples::description());
    write_iterations(writer, 1);
    const ExperimentReader reader(folder / "x.loom");
    CHECK_THROWS_AS(reader.run({ 99 }), InputError);
    CHECK_THROWS_AS(reader.iterations({ 99 }), InputError);
    CHECK_THROWS_AS(reader.steps({ 99 }), InputError);
    CHECK_THROWS_AS(reader.evaluations({ -1 }), InputError);
    CHECK_THROWS_AS(reader.marks({ 99 }), InputError);
    CHECK_THROWS_AS(reader.circuit(writer.id(), { 1 }), InputError);
    CHECK_THROWS_AS(reader.circuit(writer.id(), { -1 }), InputError);
}

TEST_CASE(
    "a file in a folder that cannot be written to is readable" * doctest::test_suite("conditional"))
{
    if (geteuid() == 0) {
        circuitloom::testing::skip("root may write anywhere");
        return;
    }
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "read only #1?");
    const auto file = folder / "read only #1?" / "x.loom";
    {
        RunWriter writer(file, samples::description());
        write_iterations(writer, 2);
    }
    std::filesystem::permissions(folder / "read only #1?",
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    CHECK(ExperimentReader(file).iterations({ 1 }).size() == 2);
    std::filesystem::permissions(folder / "read only #1?", std::filesystem::perms::owner_all);
}

TEST_CASE("while a thread writes, a reader sees whole iterations only, and never holds it up")
{
    const TemporaryFolder folder;
    const auto file = folder / "busy.loom";
    constexpr int count = 150;
    RunWriter writer(file, samples::description());
    const RunId id = writer.id();
    std::atomic<int> committed = 0;
    std::thread training([&] {
        for (int i = 0; i < count; ++i) {
            writer.add_iteration(samples::iteration(i), samples::circuit(i));
            writer.add_step({ i + 1, 1.0, 0.0, 0.1 });
            committed = i + 1;
        }
    });
    const ExperimentReader reader(file);
    int seen = 0;
    while (seen < count) {
        const int before = committed;
        const auto iterations = reader.iterations(id);
        CHECK(static_cast<int>(iterations.size()) >= before);
        for (; seen < static_cast<int>(iterations.size()); ++seen)
            CHECK(reader.circuit(id, { seen }) == samples::circuit(seen));
    }
    training.join();

    // A reader in the middle of a long query does not stop the writer either.
    SQLite::Database slow(file.string(), SQLite::OPEN_READONLY);
    SQLite::Statement query(slow, "SELECT * FROM circuit_edge");
    REQUIRE(query.executeStep());
    CHECK_NOTHROW(writer.add_iteration(samples::iteration(count), samples::circuit(count)));
    CHECK_NOTHROW(writer.set_state(RunState::finished));
}

TEST_CASE("two writers take turns in one file")
{
    const TemporaryFolder folder;
    // The first moments of a file are the hardest: both make it, and set its write-ahead log.
    for (int round = 0; round < 25; ++round) {
        const auto file = folder / ("two" + std::to_string(round) + ".loom");
        const int iterations = round == 0 ? 40 : 1;
        std::array<std::string, 2> failures;
        std::array<std::thread, 2> writers;
        for (std::size_t i = 0; i < writers.size(); ++i)
            writers[i] = std::thread([&, i] {
                try {
                    RunWriter writer(file, samples::description(std::to_string(i)));
                    write_iterations(writer, iterations);
                    writer.set_state(RunState::finished);
                } catch (const std::exception& failure) {
                    failures[i] = failure.what();
                }
            });
        for (std::thread& writer : writers)
            writer.join();
        CHECK(failures[0] == "");
        CHECK(failures[1] == "");
        const auto runs = ExperimentReader(file).runs();
        REQUIRE(runs.size() == 2);
        CHECK(runs[0].iterations == iterations);
        CHECK(runs[1].iterations == iterations);
    }
}

TEST_CASE("a reader leaves nothing beside the file, and follows a link to it")
{
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    const auto beside = [&] {
        return std::filesystem::exists(file.string() + "-wal")
            || std::filesystem::exists(file.string() + "-shm");
    };
    {
        RunWriter writer(file, samples::description("first"));
        write_iterations(writer, 20);
        writer.set_state(RunState::finished);
    }
    CHECK_FALSE(beside());
    {
        const ExperimentReader reader(file);
        CHECK(reader.runs().size() == 1);
        CHECK(beside());
    }
    CHECK_FALSE(beside());
    const auto link = folder / "link.loom";
    std::filesystem::create_symlink(file, link);
    {
        // All of it is in the log still, which SQLite keeps beside what the link leads to.
        RunWriter writer(file, samples::description("second"));
        write_iterations(writer, 40);
        const ExperimentReader reader(link);
        for (int i = 0; i < 40; ++i)
            CHECK(reader.circuit({ 2 }, { i }) == samples::circuit(i));
        { // Another that ends meanwhile takes nothing from the two.
            CHECK(ExperimentReader(file).runs().size() == 2);
        }
        CHECK(beside());
        write_iterations(writer, 0);
        writer.set_state(RunState::finished);
        CHECK(reader.runs().back().state == RunState::finished);
    }
    CHECK_FALSE(beside());
}

TEST_CASE("a file whose making was cut off is a new one")
{
    const TemporaryFolder folder;
    const auto file = folder / "blank.loom";
    {
        SQLite::Database blank(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        blank.exec("PRAGMA journal_mode = WAL");
    }
    REQUIRE(std::filesystem::file_size(file) > 0);
    CHECK_THROWS_WITH_AS(ExperimentReader { file },
        doctest::Contains("blank.loom holds nothing yet"), InputError);
    CHECK(upgrade_notice(file).empty());
    RunWriter writer(file, samples::description("first"));
    writer.set_state(RunState::finished);
    CHECK(ExperimentReader(file).runs().size() == 1);
}

TEST_CASE("a reader that an error ends leaves nothing beside the file either")
{
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    {
        RunWriter writer(file, samples::description("first"));
        write_iterations(writer, 3);
        writer.set_state(RunState::finished);
    }
    const auto beside = [&] {
        return std::filesystem::exists(file.string() + "-wal")
            || std::filesystem::exists(file.string() + "-shm");
    };
    {
        const ExperimentReader reader(file);
        CHECK_THROWS_AS(reader.run({ 7 }), InputError);
        CHECK_THROWS_AS(reader.circuit({ 1 }, { 7 }), InputError);
    }
    CHECK_FALSE(beside());
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("UPDATE run SET seed = 'none'");
    }
    REQUIRE_FALSE(beside());
    {
        const ExperimentReader reader(file);
        CHECK_THROWS_AS(reader.runs(), ResourceError);
    }
    CHECK_FALSE(beside());
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version = 999");
    }
    REQUIRE_FALSE(beside());
    CHECK_THROWS_AS(ExperimentReader { file }, InputError);
    CHECK_FALSE(beside());
}

TEST_CASE("another user who reads a file leaves nothing that keeps its owner from writing"
    * doctest::test_suite("conditional"))
{
    if (geteuid() != 0)
        return testing::skip("only root can be two users");
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    const auto name = [&file](const char* ending) { return file.string() + ending; };
    {
        RunWriter writer(file, samples::description("first"));
        write_iterations(writer, 3);
        std::filesystem::copy_file(name("-wal"), folder / "kept-wal");
        std::filesystem::copy_file(file, folder / "kept");
    }
    using std::filesystem::perms;
    std::filesystem::permissions(folder.path(), perms(0777));
    std::filesystem::permissions(file, perms(0644));
    const auto read_as_another_user = [&] {
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            if (setgid(65534) != 0 || setuid(65534) != 0)
                _exit(2);
            bool stays = false;
            {
                const ExperimentReader reader(file);
                { // what one of two connections leaves is still the other's
                    const ExperimentReader second(file);
                    second.runs();
                }
                stays = reader.runs().size() == 1 && std::filesystem::exists(name("-shm"));
            }
            _exit(stays && !std::filesystem::exists(name("-shm")) ? 0 : 1);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        return status;
    };
    CHECK(read_as_another_user() == 0);
    CHECK_FALSE(std::filesystem::exists(name("-wal")));
    // A log that was not closed in order is its owner's, and stays.
    std::filesystem::copy_file(
        folder / "kept", file, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(folder / "kept-wal", name("-wal"));
    std::filesystem::permissions(name("-wal"), perms(0644));
    CHECK(read_as_another_user() == 0);
    CHECK(std::filesystem::file_size(name("-wal")) > 0);
    // While the owner has the file open, what is beside it is the owner's.
    {
        RunWriter writer(file, samples::description("second"));
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            if (setgid(65534) != 0 || setuid(65534) != 0)
                _exit(2);
            ExperimentReader(file).runs();
            _exit(std::filesystem::exists(name("-shm")) ? 0 : 1);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        CHECK(status == 0);
        write_iterations(writer, 1);
    }
    CHECK(ExperimentReader(file).runs().size() == 2);
}

TEST_CASE("what another user's reading left behind is named" * doctest::test_suite("conditional"))
{
    if (geteuid() != 0)
        return testing::skip("only root can be two users");
    const TemporaryFolder folder;
    const auto file = folder / "run.loom";
    {
        RunWriter writer(file, samples::description("first"));
        write_iterations(writer, 1);
    }
    for (const char* ending : { "-wal", "-shm" }) {
        std::ofstream(file.string() + ending);
        std::filesystem::permissions(file.string() + ending, std::filesystem::perms(0644));
    }
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0777));
    REQUIRE(chown(file.c_str(), 65534, 65534) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (setgid(65534) != 0 || setuid(65534) != 0)
            _exit(2);
        try {
            RunWriter(file, samples::description("second"));
        } catch (const ResourceError& error) {
            const std::string message = error.what();
            _exit(message.find("run.loom-") != std::string::npos
                        && message.find("another user") != std::string::npos
                    ? 0
                    : 1);
        } catch (...) {
        }
        _exit(3);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("a file whose newest data are in a log that cannot be read there says what to do")
{
    const TemporaryFolder folder;
    const auto locked = folder / "locked";
    std::filesystem::create_directory(locked);
    {
        RunWriter writer(folder / "run.loom", samples::description("first"));
        write_iterations(writer, 3);
        // As a program that was killed leaves them.
        for (const char* name : { "run.loom", "run.loom-wal" })
            std::filesystem::copy_file(folder / name, locked / name);
    }
    using std::filesystem::perms;
    std::filesystem::permissions(folder.path(), perms(0755));
    for (const char* name : { "run.loom", "run.loom-wal" })
        std::filesystem::permissions(locked / name, perms(0644));
    std::filesystem::permissions(locked, perms(0555));
    // Root may write anywhere, so it asks as another user.
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(2);
        try {
            ExperimentReader(locked / "run.loom").runs();
        } catch (const ResourceError& error) {
            const std::string message = error.what();
            _exit(message.find("run.loom-wal") != std::string::npos
                        && message.find("Copy both files") != std::string::npos
                    ? 0
                    : 1);
        } catch (...) {
        }
        _exit(1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    std::filesystem::permissions(locked, perms(0755));
    CHECK(ExperimentReader(locked / "run.loom").run({ 1 }).iterations == 3);
}
