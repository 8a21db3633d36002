#include "core/base/error.h"
#include "core/store/bookmarks.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "core/store/stored_supernodes.h"
#include "core/store/writer_identity.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/wait.h>

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

void put(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

void write_run(const std::filesystem::path& file, int iterations)
{
    RunWriter writer(file, samples::description());
    for (int i = 0; i < iterations; ++i) {
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_step({ i + 1, 1.0, 0.5, 0.1 });
        writer.add_evaluations({ { i, "was/were", "accuracy", 0.5, 10 } });
    }
    writer.add_mark({ 1, "note", "a note" });
    writer.set_reference(samples::circuit(0));
    const std::vector<float> numbers{ 1, 2, 3, 4, 5, 6 };
    const TensorView tensor{ "weights.0", ElementType::f32, { 2, 3 },
        std::as_bytes(std::span(numbers)) };
    writer.add_checkpoint(
        { 0, iterations, iterations, CheckpointReason::every, 0, 0 }, "{}", { &tensor, 1 }, {});
    writer.set_state(RunState::finished);
    add_bookmark(file, { 0, writer.id(), { 0 }, "name", "note", 0 });
    save_supernodes(file, { { "group", { "a0.h1", "m2" }, true } });
}

// Reads everything there is. Only the core's own errors may come out; true where none did.
bool read_everything(const std::filesystem::path& file)
{
    try {
        const ExperimentReader reader(file);
        for (const RunSummary& run : reader.runs()) {
            for (const IterationRecord& iteration : reader.iterations(run.id))
                for (const ScoredEdge& scored : reader.circuit(run.id, iteration.index))
                    CHECK(scored.edge.value < ComputationalGraph::count_edges(
                              run.description.shape, run.description.graph));
            reader.steps(run.id);
            reader.evaluations(run.id);
            reader.marks(run.id);
            reader.reference_circuit(run.id);
            reader.edge_history(run.id, { 3 });
            for (const CheckpointRecord& record : reader.checkpoints(run.id))
                reader.checkpoint(run.id, record.id);
            reader.bookmarks(run.id);
        }
        reader.supernodes();
        return true;
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find(file.filename().string()) != std::string::npos);
        return false;
    }
}

void alter(const std::filesystem::path& file, const std::string& statement)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec(statement);
}

} // namespace

TEST_CASE("kill -9 at any moment: every iteration that was reported is there and whole")
{
    const TemporaryFolder folder;
    Random random(2026);
    for (int attempt = 0; attempt < 20; ++attempt) {
        const auto file = folder / ("killed" + std::to_string(attempt) + ".loom");
        int report[2];
        REQUIRE(pipe(report) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            RunWriter writer(file, samples::description());
            for (std::int32_t i = 0;; ++i) {
                writer.add_iteration(samples::iteration(i), samples::circuit(i));
                if (write(report[1], &i, sizeof i) != sizeof i)
                    _exit(1);
            }
        }
        close(report[1]);
        // Waits for a few iterations, then for a random moment within the next ones.
        std::int32_t last = -1;
        const auto wanted = static_cast<std::int32_t>(random.below(30));
        while (last < wanted)
            REQUIRE(read(report[0], &last, sizeof last) == sizeof last);
        CHECK(ExperimentReader(file).run({ 1 }).state == RunState::running);
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(3000)));
        kill(child, SIGKILL);

        // Dead but not yet waited for, and then gone: interrupted either way.
        while (read(report[0], &last, sizeof last) == sizeof last) { }
        siginfo_t death;
        REQUIRE(waitid(P_PID, static_cast<id_t>(child), &death, WEXITED | WNOWAIT) == 0);
        CHECK(ExperimentReader(file).run({ 1 }).state == RunState::interrupted);
        waitpid(child, nullptr, 0);
        close(report[0]);

        const ExperimentReader reader(file);
        CHECK(reader.run({ 1 }).state == RunState::interrupted);
        const auto iterations = reader.iterations({ 1 });
        CHECK(static_cast<std::int32_t>(iterations.size()) > last);
        for (int i = 0; i < static_cast<int>(iterations.size()); ++i) {
            CHECK(iterations[static_cast<std::size_t>(i)].index.value == i);
            CHECK(reader.circuit({ 1 }, { i }) == samples::circuit(i));
        }
        RunWriter next(file, samples::description("next"));
        CHECK(next.id() == RunId{ 2 });
        CHECK_NOTHROW(delete_run(file, { 1 }));
    }
}

TEST_CASE("a writer is this very process, not one that has its number now")
{
    WriterIdentity writer = this_process();
    CHECK(is_alive(writer));
    CHECK_FALSE(is_alive({ writer.process, writer.started + 1, writer.boot }));
    CHECK_FALSE(is_alive({ writer.process, writer.started, "another boot" }));
    CHECK_FALSE(is_alive({ -1, writer.started, writer.boot }));
    CHECK_FALSE(is_alive({ 0, 0, writer.boot }));
}

TEST_CASE("what is no .loom file is refused, and left as it was")
{
    const TemporaryFolder folder;
    write_run(folder / "good.loom", 2);
    const std::string good = bytes_of(folder / "good.loom");

    put(folder / "text.loom", "This is not a database, it is a letter to a friend of mine.\n");
    put(folder / "empty.loom", "");
    put(folder / "magic.loom", good.substr(0, 16));
    put(folder / "newer.loom", good);
    alter(folder / "newer.loom", "PRAGMA user_version = 4711");
    put(folder / "other.loom", good);
    alter(folder / "other.loom", "PRAGMA application_id = 252006673");
    put(folder / "negative.loom", good);
    alter(folder / "negative.loom", "PRAGMA user_version = -1");
    std::filesystem::create_directory(folder / "folder.loom");

    for (const char* name : { "text.loom", "empty.loom", "magic.loom", "newer.loom", "other.loom",
             "negative.loom", "folder.loom", "missing.loom" })
        CHECK_THROWS_AS(ExperimentReader(folder / name), InputError);
    for (const char* name : { "text.loom", "newer.loom", "other.loom", "negative.loom" }) {
        const std::string before = bytes_of(folder / name);
        CHECK_THROWS_AS(RunWriter(folder / name, samples::description()), InputError);
        CHECK(bytes_of(folder / name) == before);
    }
    CHECK_THROWS_AS(RunWriter(folder / "folder.loom", samples::description()), InputError);
    CHECK_THROWS_AS(RunWriter(folder / "no" / "x.loom", samples::description()), ResourceError);
    CHECK_NOTHROW(RunWriter(folder / "empty.loom", samples::description()));

    try {
        ExperimentReader reader(folder / "newer.loom");
    } catch (const InputError& error) {
        const std::string text = error.what();
        CHECK(text.find("4711") != std::string::npos);
        CHECK(text.find("version " + std::to_string(schema_version())) != std::string::npos);
    }
}

TEST_CASE("absurd values are refused by name, not believed")
{
    const TemporaryFolder folder;
    write_run(folder / "good.loom", 2);
    const std::string good = bytes_of(folder / "good.loom");
    int number = 0;
    for (const char* change : {
             "UPDATE run SET steps = 'many'",
             "UPDATE run SET name = x'00ff'",
             "UPDATE run SET seed = '-1'",
             "UPDATE run SET state = 'dancing'",
             "UPDATE run SET top_n = 99999999999",
             "UPDATE graph SET layers = 2000000000",
             "UPDATE graph SET layers = -1",
             "UPDATE graph SET layers = 1, heads = 1000000, kv_heads = 1000000",
             "UPDATE graph SET kind = 'triangular'",
             "UPDATE graph SET mlp_group_size = 2000000",
             "UPDATE iteration SET edges = 13",
             "UPDATE iteration SET step = 0.5",
             "UPDATE iteration SET loss = 'low'",
             "UPDATE circuit_edge SET edge = 2147483648 WHERE iteration_id = 1 AND "
             "edge = (SELECT max(edge) FROM circuit_edge WHERE iteration_id = 1)",
             "UPDATE circuit_edge SET score = 'strong'",
             "DELETE FROM circuit_edge WHERE iteration_id = 1",
             "UPDATE circuit_edge SET score = 9e999",
             "UPDATE circuit_edge SET score = -9e999",
             "UPDATE circuit_edge SET score = 1e300",
             "UPDATE reference_edge SET score = 9e999",
             "UPDATE iteration SET tunable_ratio = -1",
             "UPDATE iteration SET tunable_ratio = 9e999",
             "UPDATE iteration SET seconds = -1",
             "UPDATE step SET learning_rate = -0.5",
             "UPDATE step SET step = 'first' WHERE step = 1",
             "UPDATE evaluation SET suite = 7.5, measure = x'01'",
             "UPDATE mark SET label = zeroblob(100)",
             "UPDATE run SET notes = x'00'",
             "UPDATE reference_edge SET edge = -1 WHERE edge = (SELECT min(edge) FROM "
             "reference_edge)",
             "UPDATE checkpoint SET reason = 'whim'",
             "UPDATE checkpoint SET step = -1",
             "UPDATE checkpoint SET state = x'07'",
             "UPDATE checkpoint_tensor SET type = 'Q4_K'",
             "UPDATE checkpoint_tensor SET shape = '[2, 3'",
             "UPDATE checkpoint_tensor SET shape = '{}'",
             "UPDATE checkpoint_tensor SET shape = '[-2]'",
             "UPDATE checkpoint_tensor SET shape = '[1000000, 1000000, 1000000, 1000000]'",
             "UPDATE checkpoint_tensor SET shape = '[1000000]'",
             "UPDATE checkpoint_tensor SET shape = '[2147483648, 128, 2147483648]'; "
             "DELETE FROM checkpoint_data", // of 2^71 elements or more, which is 0 in 64 bits
             "UPDATE checkpoint SET optimizer = 2",
             "UPDATE checkpoint_tensor SET encoding = 'planes'",
             "UPDATE checkpoint_tensor SET encoding = 'zip'",
             "UPDATE checkpoint_data SET bytes = 'text'",
             "UPDATE checkpoint_data SET bytes = zeroblob(3)",
             "UPDATE checkpoint_data SET part = 1",
             "DELETE FROM checkpoint_data",
             "UPDATE bookmark SET iteration = -1",
             "UPDATE bookmark SET iteration = 3000000000",
             "UPDATE bookmark SET name = x'00'",
             "UPDATE bookmark SET name = printf('%.*c', 201, 'x')",
             "UPDATE bookmark SET note = printf('%.*c', 20001, 'x')",
             "UPDATE bookmark SET created = 'yesterday'",
             "UPDATE supernode SET folded = 2",
             "UPDATE supernode SET name = printf('%.*c', 201, 'x')",
             "UPDATE supernode_member SET node = printf('%.*c', 101, 'x') WHERE place = 1",
             "UPDATE supernode_member SET node = x'07' WHERE place = 1",
             "DELETE FROM supernode_member",
             "PRAGMA foreign_keys = OFF; UPDATE supernode_member SET supernode_id = 9 "
             "WHERE place = 1",
         }) {
        const auto file = folder / ("absurd" + std::to_string(number++) + ".loom");
        put(file, good);
        alter(file, change);
        CAPTURE(change);
        CHECK_FALSE(read_everything(file));
    }
}

TEST_CASE("a table that was swapped for something that never ends is refused")
{
    const TemporaryFolder folder;
    const auto file = folder / "endless.loom";
    write_run(file, 1);
    alter(file, "DROP TABLE mark");
    alter(file,
        "CREATE VIEW mark AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS mark_id, 1 AS run_id, i AS step, 'note' AS kind, 'x' AS label FROM n");
    CHECK_THROWS_AS(ExperimentReader{ file }, InputError);
}

TEST_CASE("a trigger in a file never runs")
{
    const TemporaryFolder folder;
    const auto file = folder / "trigger.loom";
    write_run(file, 1);
    alter(file,
        "CREATE TRIGGER gone AFTER INSERT ON run BEGIN DELETE FROM run WHERE run_id = 1; END");
    RunWriter writer(file, samples::description("second"));
    CHECK(ExperimentReader(file).runs().size() == 2);
}

TEST_CASE("truncated and flipped files give our errors or what is in them, nothing else")
{
    const TemporaryFolder folder;
    write_run(folder / "good.loom", 12);
    REQUIRE(read_everything(folder / "good.loom"));
    const std::string good = bytes_of(folder / "good.loom");
    Random random(7);
    int refused = 0;
    for (int seed = 0; seed < 400; ++seed) {
        std::string bytes = good;
        if (seed % 4 == 0) {
            bytes.resize(random.below(bytes.size()));
        } else {
            const std::size_t flips = 1 + random.below(seed % 4 == 1 ? 3 : 200);
            for (std::size_t flip = 0; flip < flips; ++flip)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
        }
        const auto file = folder / ("damaged" + std::to_string(seed) + ".loom");
        put(file, bytes);
        CAPTURE(seed);
        refused += read_everything(file) ? 0 : 1;
        try {
            RunWriter writer(file, samples::description());
            writer.add_iteration(samples::iteration(0), samples::circuit(0));
        } catch (const Error&) {
        }
        std::filesystem::remove(file);
    }
    CHECK(refused > 100);
}

TEST_CASE("nothing is written to a damaged file, and the message is in our words")
{
    const TemporaryFolder folder;
    const auto file = folder / "damaged.loom";
    write_run(file, 200);
    std::string bytes = bytes_of(file);
    for (std::size_t i = bytes.size() / 3; i < bytes.size() / 3 + 8192; ++i)
        bytes[i] = static_cast<char>(~bytes[i]);
    put(file, bytes);
    std::string message;
    try {
        RunWriter(file, samples::description());
    } catch (const ResourceError& error) {
        message = error.what();
    }
    CHECK(message.find(file.string() + " is damaged: ") == 0);
    CHECK(message.find("whole copy") != std::string::npos);
    for (const char* foreign : { "***", "main", "Tree", "btree", "cell", "\n" })
        CHECK(message.find(foreign) == std::string::npos);
    CHECK(message.size() < file.string().size() + 250);
    CHECK(bytes_of(file) == bytes);
}

TEST_CASE("a B-tree that leads round the same pages ends in an error")
{
    const TemporaryFolder folder;
    const auto file = folder / "loop.loom";
    write_run(file, 400);
    std::string bytes = bytes_of(file);
    const auto page_size = static_cast<std::size_t>(
        (static_cast<unsigned char>(bytes[16]) << 8) | static_cast<unsigned char>(bytes[17]));
    // Every child of an interior page of an index becomes its first child, again and again.
    int rewritten = 0;
    for (std::size_t page = page_size; page < bytes.size(); page += page_size) {
        if (bytes[page] != 2)
            continue;
        const auto at = [&](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>(bytes[page + i]));
        };
        const std::size_t cells = (at(3) << 8) | at(4);
        const std::size_t first = page + ((at(12) << 8) | at(13));
        for (std::size_t cell = 1; cell < cells; ++cell) {
            const std::size_t pointer = 12 + 2 * cell;
            const std::size_t offset = page + ((at(pointer) << 8) | at(pointer + 1));
            bytes.replace(offset, 4, bytes, first, 4);
            ++rewritten;
        }
    }
    REQUIRE(rewritten > 0);
    put(file, bytes);
    CHECK_FALSE(read_everything(file));
}

TEST_CASE("a graph that cannot be is told in whole sentences")
{
    const TemporaryFolder folder;
    write_run(folder / "wide.loom", 2);
    alter(folder / "wide.loom", "UPDATE graph SET mlp_width = 2000000000, mlp_group_size = 1");
    std::string message;
    try {
        ExperimentReader(folder / "wide.loom").runs();
    } catch (const ResourceError& error) {
        message = error.what();
    }
    CAPTURE(message);
    CHECK(message.find("wide.loom is damaged: the graph of a run is impossible. ") != message.npos);
    CHECK(message.ends_with('.'));
    CHECK_FALSE(message.ends_with(".."));
}
