#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/migrations.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "core/store/upgrade.h"
#include "core/store/writer_identity.h"
#include "tests/support/older_file.h"
#include "tests/support/skip.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

std::string sql(const std::filesystem::path& file, const std::string& query)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    return database.execAndGet(query).getString();
}

std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

std::vector<std::byte> numbered(std::size_t size, int seed)
{
    Random random(static_cast<std::uint64_t>(seed));
    std::vector<std::byte> bytes(size);
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
        const std::uint64_t number = random.next();
        std::memcpy(bytes.data() + i, &number, 8);
    }
    return bytes;
}

void add_checkpoint(RunWriter& writer, int step, CheckpointReason reason,
    const CheckpointPolicy& policy, std::size_t size = 80)
{
    const auto bytes = numbered(size, step);
    const TensorView tensor{ "weights.0", ElementType::f64, { static_cast<std::int64_t>(size / 8) },
        bytes };
    writer.add_checkpoint({ 0, step, step, reason, 0, 0 },
        "{\"step\":" + std::to_string(step) + "}", { &tensor, 1 }, policy);
}

void write_until(RunWriter& writer, int from, int to)
{
    for (int i = from; i < to; ++i) {
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_step({ i + 1, 1.0 + i, 0.5, 0.1 });
        writer.add_evaluations({ { i + 1, "was/were", "accuracy", 0.5, 10 } });
    }
}

std::vector<int> steps_of(const std::vector<CheckpointRecord>& checkpoints)
{
    std::vector<int> steps;
    for (const CheckpointRecord& one : checkpoints)
        steps.push_back(one.step);
    return steps;
}

template <class Action>
std::string message_of(Action&& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("a checkpoint made by time goes with the next one, and takes no other's place")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    const CheckpointPolicy two{ 2, 0, false };
    const auto steps = [&] { return steps_of(ExperimentReader(file).checkpoints(writer.id())); };
    add_checkpoint(writer, 10, CheckpointReason::every, two);
    add_checkpoint(writer, 13, CheckpointReason::recent, two);
    add_checkpoint(writer, 16, CheckpointReason::recent, two);
    CHECK(steps() == std::vector{ 10, 16 });
    add_checkpoint(writer, 20, CheckpointReason::every, two);
    add_checkpoint(writer, 24, CheckpointReason::recent, two);
    CHECK(steps() == std::vector{ 10, 20, 24 });
    add_checkpoint(writer, 26, CheckpointReason::best, two);
    CHECK(steps() == std::vector{ 10, 20, 26 });
}

TEST_CASE("a checkpoint is read back byte for byte, in values that readers accept")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    const auto large = numbered((9 << 20) + 8, 1);
    const auto halves = numbered(12, 2);
    const std::vector<TensorView> tensors{
        { "weights.0", ElementType::f32, { (9 << 18) + 2 }, large },
        { "a matrix", ElementType::f16, { 2, 3 }, halves },
        { "nothing", ElementType::i64, { 0 }, {} },
        { "one number", ElementType::f32, {}, std::span(large).first(4) },
    };
    const std::string values = R"({"random":[18446744073709551615,2,3,4]})";
    writer.add_checkpoint({ 0, 7, 3, CheckpointReason::pause, 0, 0 }, values, tensors, {});

    const ExperimentReader reader(file);
    const auto records = reader.checkpoints(writer.id());
    REQUIRE(records.size() == 1);
    CHECK(records.front().step == 7);
    CHECK(records.front().iterations == 3);
    CHECK(records.front().reason == CheckpointReason::pause);
    CHECK(records.front().bytes == static_cast<std::int64_t>(large.size() + 12 + 4));
    CHECK(records.front().created > 0);
    const StoredCheckpoint read = reader.checkpoint(writer.id(), records.front().id);
    CHECK(read.values == values);
    REQUIRE(read.tensors.size() == tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CHECK(read.tensors[i].name == tensors[i].name);
        CHECK(read.tensors[i].type == tensors[i].type);
        CHECK(read.tensors[i].shape == tensors[i].shape);
        CHECK(std::ranges::equal(read.tensors[i].bytes, tensors[i].bytes));
    }
    CHECK(sql(file, "SELECT max(length(bytes)) <= 4194304 FROM checkpoint_data") == "1");
    CHECK_THROWS_AS(reader.checkpoint(writer.id(), 99), InputError);
    CHECK_THROWS_AS(reader.checkpoints({ 99 }), InputError);
}

TEST_CASE("old checkpoints go: by number, by size, and the best one stays")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    const ExperimentReader reader(file);
    using enum CheckpointReason;
    for (const int step : { 1, 2, 3 })
        add_checkpoint(writer, step, every, { 2, 0 });
    CHECK(steps_of(reader.checkpoints(writer.id())) == std::vector<int>{ 2, 3 });
    add_checkpoint(writer, 4, best, { 2, 0 });
    add_checkpoint(writer, 5, every, { 2, 0 });
    add_checkpoint(writer, 6, stop, { 2, 0 });
    CHECK(steps_of(reader.checkpoints(writer.id())) == std::vector<int>{ 4, 5, 6 });
    add_checkpoint(writer, 7, best, { 2, 0 });
    CHECK(steps_of(reader.checkpoints(writer.id())) == std::vector<int>{ 5, 6, 7 });
    // 80 bytes each: three fit into 250, and the newest stays whatever its size.
    add_checkpoint(writer, 8, every, { 9, 250 });
    CHECK(steps_of(reader.checkpoints(writer.id())) == std::vector<int>{ 6, 7, 8 });
    add_checkpoint(writer, 9, end, { 9, 250 }, 800);
    CHECK(steps_of(reader.checkpoints(writer.id())) == std::vector<int>{ 9 });
    CHECK(sql(file, "SELECT count(*) FROM checkpoint_tensor") == "1");
    CHECK(sql(file, "SELECT count(*) FROM checkpoint_data") == "1");
    writer.set_state(RunState::stopped);
    delete_run(file, writer.id());
    CHECK(sql(file, "SELECT count(*) FROM checkpoint_data") == "0");
}

TEST_CASE("a run goes on after its checkpoint, and from its beginning without one")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunId id;
    {
        RunWriter writer(file, samples::description());
        id = writer.id();
        writer.add_evaluations({ { 0, "was/were", "accuracy", 0.25, 10 } });
        write_until(writer, 0, 4);
        add_checkpoint(writer, 4, CheckpointReason::every, { 5, 0 });
        write_until(writer, 4, 9);
        writer.add_mark({ 8, "reached", "95 %" });
        writer.add_mark({ 8, "note", "look here" });
        writer.set_reference(samples::circuit(77));
        writer.set_state(RunState::failed, "the cat");
    }
    const ExperimentReader reader(file);
    {
        RunWriter writer(file, id, reader.checkpoints(id).front());
        CHECK(writer.id() == id);
        CHECK(reader.run(id).state == RunState::running);
        CHECK(reader.run(id).message.empty());
        CHECK(reader.iterations(id).size() == 4);
        CHECK(reader.steps(id).size() == 4);
        CHECK(reader.evaluations(id).back().step == 4);
        CHECK(reader.marks(id).size() == 1);
        CHECK(reader.marks(id).front().label == "look here");
        CHECK(reader.reference_circuit(id) == samples::circuit(77));
        write_until(writer, 4, 6);
        CHECK(reader.circuit(id, { 5 }) == samples::circuit(5));
        CHECK(sql(file, "SELECT ended IS NULL FROM run") == "1");
    }
    {
        const RunWriter writer(file, id, std::nullopt);
        CHECK(reader.iterations(id).empty());
        CHECK(reader.steps(id).empty());
        CHECK(reader.evaluations(id).empty());
        CHECK(reader.checkpoints(id).empty());
    }
    CHECK(reader.run(id).state == RunState::stopped);
    CHECK_THROWS_AS(RunWriter(file, { 99 }, std::nullopt), InputError);
}

TEST_CASE("a run that a living process holds cannot be gone on with; readers are not disturbed")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    write_until(writer, 0, 3);
    const std::string message = message_of([&] { RunWriter(file, writer.id(), std::nullopt); });
    CHECK(message.find("going on in the process " + std::to_string(getpid())) != std::string::npos);
    CHECK(ExperimentReader(file).iterations(writer.id()).size() == 3);
    write_until(writer, 3, 4);
}

TEST_CASE("names and notes can be changed at any time")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    CHECK(ExperimentReader(file).run(writer.id()).notes.empty());
    rename_run(file, writer.id(), "näme");
    set_run_notes(file, writer.id(), "two\nlines; and a 'quote'");
    writer.add_step({ 1, 1, 1, 1 });
    const RunSummary run = ExperimentReader(file).run(writer.id());
    CHECK(run.description.name == "näme");
    CHECK(run.notes == "two\nlines; and a 'quote'");
    CHECK_THROWS_AS(rename_run(file, { 9 }, "x"), InputError);
    CHECK_THROWS_AS(set_run_notes(file, { 9 }, "x"), InputError);
    CHECK_THROWS_AS(rename_run(folder / "none.loom", { 1 }, "x"), InputError);
    CHECK_FALSE(std::filesystem::exists(folder / "none.loom"));
}

TEST_CASE("the history of an edge, and several circuits at once")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter other(file, samples::description("another run"));
    write_until(other, 0, 5);
    RunWriter writer(file, samples::description());
    write_until(writer, 0, 30);
    const ExperimentReader reader(file);
    const auto circuits = reader.circuits(writer.id(), { 10 }, { 19 });
    REQUIRE(circuits.size() == 10);
    for (int i = 0; i < 10; ++i)
        CHECK(circuits[static_cast<std::size_t>(i)] == samples::circuit(10 + i));
    CHECK(reader.circuits(writer.id(), { 28 }, { 99 }).size() == 2);
    CHECK(reader.circuits(writer.id(), { 5 }, { 4 }).empty());

    std::size_t most = 0;
    for (const ScoredEdge& chosen : samples::circuit(11)) {
        std::vector<EdgeHistoryPoint> expected;
        for (int i = 0; i < 30; ++i)
            for (const ScoredEdge& scored : samples::circuit(i))
                if (scored.edge == chosen.edge)
                    expected.push_back({ { i }, scored.score });
        most = std::max(most, expected.size());
        CHECK(reader.edge_history(writer.id(), chosen.edge) == expected);
    }
    CHECK(most > 1);
    CHECK(reader.edge_history(writer.id(), { -1 }).empty());

    CHECK(reader.reference_circuit(writer.id()).empty());
    writer.set_reference(samples::circuit(3));
    writer.set_reference(samples::circuit(4));
    CHECK(reader.reference_circuit(writer.id()) == samples::circuit(4));
    CHECK(reader.reference_circuit(other.id()).empty());
}

namespace {

void check_old_runs(const std::filesystem::path& file)
{
    const ExperimentReader reader(file);
    for (const int run : { 3, 8 })
        for (int i = 0; i < 6; ++i)
            CHECK(reader.circuit({ run }, { i }) == samples::circuit(run * i));
    CHECK(reader.edge_history({ 3 }, samples::circuit(0).front().edge).size() >= 1);
    CHECK(reader.run({ 3 }).notes.empty());
    CHECK(reader.checkpoints({ 3 }).empty());
    CHECK(reader.reference_circuit({ 3 }).empty());
    CHECK(reader.bookmarks({ 3 }).empty());
    CHECK(reader.supernodes().empty());
}

} // namespace

TEST_CASE("a file of an earlier version is read as it is; a writer keeps a copy and brings it on")
{
    const TemporaryFolder folder;
    const auto file = folder / "old.loom";
    std::string version;
    SUBCASE("2")
    {
        samples::make_version_2(file);
        version = "2";
    }
    SUBCASE("3")
    {
        samples::make_version_3(file);
        version = "3";
    }
    const std::string kept = "old.v" + version + "-backup";
    check_old_runs(file);
    CHECK(sql(file, "PRAGMA user_version") == version);
    const std::string notice = upgrade_notice(file);
    CHECK(notice.find(kept + ".loom") != std::string::npos);

    set_run_notes(file, { 8 }, "brought on");
    CHECK(sql(file, "PRAGMA user_version") == std::to_string(schema_version()));
    CHECK(ExperimentReader(file).run({ 8 }).notes == "brought on");
    set_run_notes(file, { 8 }, "");
    check_old_runs(file);
    CHECK(sql(file, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
    CHECK(sql(file, "PRAGMA integrity_check") == "ok");
    CHECK(upgrade_notice(file).empty());

    const auto backup = folder / (kept + ".loom");
    CHECK(sql(backup, "PRAGMA user_version") == version);
    check_old_runs(backup);
    // A second one does not replace the first.
    std::filesystem::copy_file(backup, file, std::filesystem::copy_options::overwrite_existing);
    rename_run(file, { 3 }, "again");
    CHECK(std::filesystem::exists(folder / (kept + "-2.loom")));
    CHECK_FALSE(std::filesystem::exists(folder / (kept + ".loom.part")));
}

TEST_CASE("a file that cannot be brought on stays as it is, and no copy of it is left, however often")
{
    const TemporaryFolder folder;
    const auto file = folder / "old.loom";
    samples::make_version_3(file);
    // In the way of a table that version 4 adds.
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("CREATE TABLE bookmark (x)");
    for (int attempt = 0; attempt < 2; ++attempt)
        CHECK_THROWS_AS(set_run_notes(file, { 8 }, "never written"), ResourceError);
    CHECK(sql(file, "PRAGMA user_version") == "3");
    check_old_runs(file);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        CHECK(entry.path().filename().string().find("backup") == std::string::npos);
}

TEST_CASE("an older file that its own program still writes to is left alone")
{
    const TemporaryFolder folder;
    const auto file = folder / "old.loom";
    samples::make_version_2(file, 6, "running", this_process());
    const std::string message = message_of([&] { rename_run(file, { 3 }, "x"); });
    CHECK(message.find("older Circuitloom") != std::string::npos);
    CHECK(sql(file, "PRAGMA user_version") == "2");
    CHECK_FALSE(std::filesystem::exists(folder / "old.v2-backup.loom"));
}

TEST_CASE("where a copy of the older file cannot be kept, it stays as it is")
{
    const TemporaryFolder folder;
    // The name of the copy's forerunner would be longer than the 255 bytes that a name may have.
    const auto file = folder / (std::string(235, 'o') + ".loom");
    samples::make_version_2(file);
    CHECK_THROWS_WITH_AS(rename_run(file, { 3 }, "x"), doctest::Contains("a shorter name"),
        ResourceError);
    CHECK(sql(file, "PRAGMA user_version") == "2");
    check_old_runs(file);
}

TEST_CASE("a file that is deleted or replaced under its writer loses nothing")
{
    const TemporaryFolder folder;
    for (const bool replaced : { false, true }) {
        const std::string name = replaced ? "replaced" : "deleted";
        const auto file = folder / (name + ".loom");
        RunWriter writer(file, samples::description());
        write_until(writer, 0, 8);
        const ExperimentReader reader(file);
        CHECK(reader.iterations(writer.id()).size() == 8);
        if (replaced) {
            create_experiment(folder / "new.loom");
            std::filesystem::rename(folder / "new.loom", file);
        } else {
            std::filesystem::remove(file);
        }
        const std::string message = message_of([&] { writer.add_step({ 9, 1, 1, 1 }); });
        CHECK(message.find(name + ".rescued.loom") != std::string::npos);
        CHECK(message_of([&] { writer.set_state(RunState::failed, "x"); }) == message);
        CHECK_THROWS_AS(reader.runs(), ResourceError);
        const ExperimentReader rescued(folder / (name + ".rescued.loom"));
        CHECK(rescued.run({ 1 }).state == RunState::stopped);
        CHECK(rescued.iterations({ 1 }).size() == 8);
        CHECK(rescued.circuit({ 1 }, { 7 }) == samples::circuit(7));
        if (replaced)
            CHECK(ExperimentReader(file).runs().empty());
        RunWriter next(folder / (name + ".rescued.loom"), { 1 }, std::nullopt);
    }
}

TEST_CASE("times are never negative, whatever the clock did")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    sql(file, "SELECT 1");
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("UPDATE run SET created = 4000000000"); // the clock was ahead by far
    }
    writer.set_state(RunState::finished);
    CHECK(sql(file, "SELECT ended - created FROM run") == "0");
}

TEST_CASE("a full disk is said in words; what was committed stays, and the writer goes on later"
    * doctest::test_suite("conditional"))
{
    if (geteuid() != 0) {
        circuitloom::testing::skip("only root can mount a small file system");
        return;
    }
    const TemporaryFolder folder;
    const auto disk = folder / "disk";
    std::filesystem::create_directory(disk);
    if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1536k") != 0) {
        circuitloom::testing::skip("a small file system cannot be mounted here");
        return;
    }
    {
        const auto file = disk / "x.loom";
        RunWriter writer(file, samples::description());
        const ExperimentReader reader(file);
        write_until(writer, 0, 5);
        // Something else takes what is left but a few pages.
        {
            std::ofstream filler(disk / "filler", std::ios::binary);
            const std::string block(4096, 'x');
            while (filler.write(block.data(), 4096).flush()) { }
        }
        std::string message;
        int committed = 5;
        for (; message.empty() && committed < 10000; committed += message.empty() ? 1 : 0)
            message = message_of([&] {
                writer.add_iteration(samples::iteration(committed), samples::circuit(committed));
            });
        CHECK(message.find("full") != std::string::npos);
        CHECK(message.find("x.loom") != std::string::npos);
        CHECK(!message_of([&] {
            add_checkpoint(writer, 5, CheckpointReason::every, {}, 1 << 20);
        }).empty());
        CHECK(static_cast<int>(reader.iterations(writer.id()).size()) == committed);
        CHECK(reader.checkpoints(writer.id()).empty());
        for (int i = 0; i < 5; ++i)
            CHECK(reader.circuit(writer.id(), { i }) == samples::circuit(i));

        std::filesystem::remove(disk / "filler");
        writer.add_iteration(samples::iteration(committed), samples::circuit(committed));
        writer.set_state(RunState::finished);
        CHECK(sql(file, "PRAGMA integrity_check") == "ok");
    }
    umount(disk.c_str());
}

TEST_CASE("a read-only file is read, and refused to writers in words")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    {
        RunWriter writer(file, samples::description());
        write_until(writer, 0, 2);
        writer.set_state(RunState::stopped);
    }
    // Root may write whatever the permissions say, so another user tries.
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    std::filesystem::permissions(file, std::filesystem::perms(0444));
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(0);
        const std::string message = message_of([&] { RunWriter(file, { 1 }, std::nullopt); });
        bool readable = false;
        readable = ExperimentReader(file).iterations({ 1 }).size() == 2;
        _exit(message.find("cannot be written") != std::string::npos && readable ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a newer file is refused and untouched")
{
    const TemporaryFolder folder;
    const auto file = folder / "new.loom";
    create_experiment(file);
    sql(file, "SELECT 1");
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version = " + std::to_string(schema_version() + 1));
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    const std::string before = bytes_of(file);
    CHECK_THROWS_AS(rename_run(file, { 1 }, "x"), InputError);
    CHECK_THROWS_AS(RunWriter(file, samples::description()), InputError);
    CHECK_THROWS_AS(upgrade_notice(file), InputError);
    CHECK(bytes_of(file) == before);
}
