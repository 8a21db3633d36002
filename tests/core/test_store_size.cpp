#include "core/base/error.h"
#include "core/base/random.h"
#include "core/formats/byte_planes.h"
#include "core/store/compaction.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/store/schema.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include <sys/mount.h>

// How small files are kept: compressed checkpoints, and what is given back.

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

/// Weights of a few digits that differ from one another, as a trained model's do: `numbers` of
/// them, of which every eighth moved a little.
std::vector<std::byte> moved_bits(std::size_t numbers, std::uint64_t seed)
{
    Random random(seed);
    std::vector<std::byte> bytes(numbers * 4);
    for (std::size_t i = 0; i < numbers; ++i) {
        const std::uint32_t bits
            = i % 8 == 0 ? static_cast<std::uint32_t>(random.below(1 << 20)) : 0;
        std::memcpy(bytes.data() + i * 4, &bits, 4);
    }
    return bytes;
}

std::vector<std::byte> random_bytes(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<std::byte> bytes(count);
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>(random.below(256));
    return bytes;
}

void add(RunWriter& writer, int step, CheckpointReason reason, const CheckpointPolicy& policy,
    bool optimizer = true)
{
    const auto weights = moved_bits(1 << 16, static_cast<std::uint64_t>(step));
    const auto momentum = random_bytes(1 << 18, static_cast<std::uint64_t>(step));
    std::vector<TensorView> tensors{ { "difference.0", ElementType::f32, { 1 << 16 }, weights } };
    if (optimizer)
        tensors.push_back({ "optimizer.momentum.0", ElementType::f32, { 1 << 16 }, momentum });
    CheckpointRecord record;
    record.step = step;
    record.reason = reason;
    record.optimizer = optimizer;
    writer.add_checkpoint(record, "{}", tensors, policy);
}

void alter(const std::filesystem::path& file, const std::string& statement)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec(statement);
}

std::string sql(const std::filesystem::path& file, const std::string& query)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    return database.execAndGet(query).getString();
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

TEST_CASE("planes give back every number, whatever they are")
{
    for (const std::size_t width : { 1, 2, 4, 8 })
        for (const std::size_t count : { 0, 1, 7, 1000, 40000 }) {
            std::vector<std::vector<std::byte>> inputs{ random_bytes(count * width, width + count),
                std::vector<std::byte>(count * width) };
            std::vector<std::byte> mixed = inputs[0];
            for (std::size_t i = 0; i < mixed.size(); ++i)
                if (i % width != 0)
                    mixed[i] = static_cast<std::byte>(i % 3);
            inputs.push_back(mixed);
            for (const auto& input : inputs) {
                const auto planes = into_planes(input, width);
                CHECK(planes.size() <= input.size() + 4 * width);
                std::vector<std::byte> output(input.size(), std::byte{ 0xAA });
                from_planes(planes, width, output);
                CHECK(output == input);
            }
        }
}

TEST_CASE("damaged planes are refused or give other numbers, nothing else")
{
    const auto input = moved_bits(5000, 3);
    const auto planes = into_planes(input, 4);
    CHECK(planes.size() < input.size() / 2);
    std::vector<std::byte> output(input.size());
    Random random(11);
    int refused = 0;
    for (int attempt = 0; attempt < 500; ++attempt) {
        std::vector<std::byte> damaged = planes;
        if (attempt % 3 == 0)
            damaged.resize(random.below(damaged.size()));
        else
            damaged[random.below(attempt % 3 == 1 ? 40 : damaged.size())]
                ^= static_cast<std::byte>(1 + random.below(255));
        try {
            from_planes(damaged, 4, output);
        } catch (const InputError&) {
            ++refused;
        }
    }
    CHECK(refused > 150);
    std::vector<std::byte> longer(input.size() + 4);
    CHECK_THROWS_AS(from_planes(planes, 4, longer), InputError);
}

TEST_CASE("checkpoints are stored compressed where that helps, and count as what they take")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    const auto weights = moved_bits(3 << 20, 1); // more than one part
    const auto noise = random_bytes(1 << 16, 2);
    const std::vector<TensorView> tensors{
        { "difference.0", ElementType::f32, { 3 << 20 }, weights },
        { "noise", ElementType::u8, { 1 << 16 }, noise },
    };
    writer.add_checkpoint({}, "{}", tensors, {});
    const ExperimentReader reader(file);
    const auto records = reader.checkpoints(writer.id());
    REQUIRE(records.size() == 1);
    CHECK(records.front().bytes < static_cast<std::int64_t>(weights.size() / 3));
    CHECK(records.front().bytes > static_cast<std::int64_t>(noise.size()));
    CHECK(std::to_string(records.front().bytes)
        == sql(file, "SELECT sum(length(bytes)) FROM checkpoint_data"));
    const StoredCheckpoint read = reader.checkpoint(writer.id(), records.front().id);
    CHECK(std::ranges::equal(read.tensors[0].bytes, weights));
    CHECK(std::ranges::equal(read.tensors[1].bytes, noise));
    CHECK(sql(file, "SELECT group_concat(encoding) FROM checkpoint_tensor") == "planes,plain");
}

TEST_CASE("a small file cannot make its reader take much memory, unless that knows it will")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    constexpr std::size_t size = std::size_t{ 64 } << 20;
    const std::vector<std::byte> zeros(size);
    const TensorView tensor{ "difference.0", ElementType::f32, { 16 << 20 }, zeros };
    writer.add_checkpoint({}, "{}", { &tensor, 1 }, {});
    const ExperimentReader reader(file);
    const auto id = reader.checkpoints(writer.id()).front().id;
    CHECK_THROWS_AS(reader.checkpoint(writer.id(), id), ResourceError);
    CHECK_THROWS_AS(reader.checkpoint(writer.id(), id, size - 1), ResourceError);
    CHECK(std::ranges::equal(reader.checkpoint(writer.id(), id, size).tensors[0].bytes, zeros));
}

TEST_CASE("with its last checkpoint a run's earlier ones lose what the optimizer remembers")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunWriter writer(file, samples::description());
    RunWriter other(file, samples::description());
    add(other, 3, CheckpointReason::every, {});
    add(writer, 1, CheckpointReason::every, { .keep = 3 });
    add(writer, 2, CheckpointReason::best, { .keep = 3 });
    add(writer, 4, CheckpointReason::end, { .keep = 3, .drops_optimizers = true }, false);
    const ExperimentReader reader(file);
    for (const CheckpointRecord& record : reader.checkpoints(writer.id())) {
        CHECK_FALSE(record.optimizer);
        const StoredCheckpoint read = reader.checkpoint(writer.id(), record.id);
        REQUIRE(read.tensors.size() == 1);
        CHECK(read.tensors[0].name == "difference.0");
        CHECK(record.bytes < 1 << 17);
    }
    CHECK(reader.checkpoints(writer.id()).size() == 3);
    CHECK(reader.checkpoints(other.id()).front().optimizer);
    CHECK(reader.checkpoints(other.id()).front().bytes > 1 << 18);
    // The room of what went was used again.
    CHECK(sql(file, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
}

TEST_CASE("files of version 5 are read, written to and brought up to date")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunId run;
    {
        RunWriter writer(file, samples::description());
        run = writer.id();
        const auto noise = random_bytes(1 << 13, 5);
        const TensorView tensor{ "weights.0", ElementType::u8, { 1 << 13 }, noise };
        writer.add_checkpoint({}, "{}", { &tensor, 1 }, {});
        writer.set_state(RunState::stopped);
    }
    for (const char* later : { "study_figure", "study", // of version 9
             "edge_certainty", "iteration_certainty" }) // of version 7
        alter(file, "DROP TABLE " + std::string(later));
    alter(file, "ALTER TABLE iteration DROP COLUMN tokens"); // of version 8
    alter(file, "ALTER TABLE checkpoint DROP COLUMN optimizer");
    alter(file, "ALTER TABLE checkpoint_tensor DROP COLUMN encoding");
    alter(file, "PRAGMA user_version = 5");
    const auto check = [&] {
        const ExperimentReader reader(file);
        const auto records = reader.checkpoints(run);
        REQUIRE(records.size() == 1);
        CHECK(records.front().optimizer);
        CHECK(std::ranges::equal(reader.checkpoint(run, records.front().id).tensors[0].bytes,
            random_bytes(1 << 13, 5)));
    };
    check();
    CHECK(sql(file, "PRAGMA user_version") == "5");
    rename_run(file, run, "again");
    CHECK(sql(file, "PRAGMA user_version") == std::to_string(schema_version()));
    check();
}

TEST_CASE("compacting gives back the room of what went, and keeps what runs go on from")
{
    const TemporaryFolder folder;
    const auto file = folder / "x.loom";
    RunDescription keeping = samples::description("keeping");
    keeping.configuration = R"({"checkpoint":{"keep_optimizer":true}})";
    {
        RunWriter gone(file, samples::description("gone"));
        for (int step = 1; step < 9; ++step)
            add(gone, step, CheckpointReason::every, { .keep = 9 });
        gone.set_state(RunState::stopped);
        RunWriter finished(file, samples::description("finished"));
        RunWriter stopped(file, samples::description("stopped"));
        RunWriter kept(file, keeping);
        for (RunWriter* writer : { &finished, &stopped, &kept })
            for (int step = 1; step < 4; ++step)
                add(*writer, step, step == 2 ? CheckpointReason::best : CheckpointReason::every,
                    { .keep = 9 });
        CHECK_THROWS_AS(compact_experiment(file), InputError); // runs are going on
        finished.set_state(RunState::finished);
        stopped.set_state(RunState::stopped);
        kept.set_state(RunState::finished);
    }
    delete_run(file, { 1 });
    const auto before = std::filesystem::file_size(file);
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(compact_experiment(file, stop.get_token()), Cancelled);
    CHECK(std::filesystem::file_size(file) == before);
    const Compaction done = compact_experiment(file);
    CHECK(done.before >= before);
    CHECK(done.after == std::filesystem::file_size(file));
    CHECK(done.after < before / 2);
    CHECK(done.checkpoints == 3);
    CHECK(sql(file, "PRAGMA freelist_count") == "0");
    CHECK(sql(file, "PRAGMA integrity_check") == "ok");
    const ExperimentReader reader(file);
    for (const RunId run : { RunId{ 2 }, RunId{ 3 }, RunId{ 4 } }) {
        const auto records = reader.checkpoints(run);
        REQUIRE(records.size() == 2);
        CHECK(records[0].step == 2);
        CHECK(records[1].step == 3);
        CHECK(records[1].optimizer == (run != RunId{ 2 }));
        CHECK(std::ranges::equal(
            reader.checkpoint(run, records[1].id).tensors[0].bytes, moved_bits(1 << 16, 3)));
    }
    const Compaction again = compact_experiment(file);
    CHECK(again.checkpoints == 0);
    CHECK(again.after == done.after);
}

TEST_CASE("where the disk is too full to write the file anew, that is said and nothing is lost"
    * doctest::test_suite("conditional"))
{
    const TemporaryFolder folder;
    const std::filesystem::path disk = folder / "disk";
    std::filesystem::create_directory(disk);
    {
        RunWriter writer(folder / "x.loom", samples::description());
        for (int step = 1; step < 10; ++step)
            add(writer, step, CheckpointReason::every, { .keep = 1 });
        const auto noise = random_bytes(3 << 20, 5);
        const TensorView tensor{ "weights.0", ElementType::u8, { 3 << 20 }, noise };
        writer.add_checkpoint({}, "{}", { &tensor, 1 }, { .keep = 1 });
        writer.set_state(RunState::stopped);
    }
    // There is room for the file and its log's beginning, not for a second one.
    const std::string size
        = "size=" + std::to_string(std::filesystem::file_size(folder / "x.loom") + (1 << 20));
    if (::mount("none", disk.c_str(), "tmpfs", 0, size.c_str()) != 0)
        return circuitloom::testing::skip("a small file system cannot be mounted here");
    const auto file = disk / "x.loom";
    std::filesystem::copy_file(folder / "x.loom", file);
    const std::string message = message_of([&] { compact_experiment(file); });
    CHECK(message.find("disk is full") != std::string::npos);
    CHECK(message.find(file.string()) != std::string::npos);
    {
        const ExperimentReader reader(file);
        const auto records = reader.checkpoints({ 1 });
        REQUIRE(records.size() == 1);
        CHECK(std::ranges::equal(reader.checkpoint({ 1 }, records[0].id).tensors[0].bytes,
            random_bytes(3 << 20, 5)));
    }
    CHECK(sql(file, "PRAGMA integrity_check") == "ok");
    ::umount(disk.c_str());
}
