// Files on network file systems, where a write-ahead log is not safe.
#include "core/store/experiment_reader.h"
#include "core/store/journal.h"
#include "core/store/run_writer.h"
#include "tests/support/store_samples.h"

#include <SQLiteCpp/Database.h>

#include <doctest/doctest.h>

#include <cstdlib>

using namespace circuitloom;

namespace {

/// Has every file take this journal while it lives.
class Chosen
{
public:
    explicit Chosen(const char* journal) { ::setenv("CIRCUITLOOM_JOURNAL", journal, 1); }
    ~Chosen() { ::unsetenv("CIRCUITLOOM_JOURNAL"); }
    Chosen(const Chosen&) = delete;
    Chosen& operator=(const Chosen&) = delete;
};

std::string mode(const std::filesystem::path& file)
{
    return SQLite::Database(file.string()).execAndGet("PRAGMA journal_mode").getString();
}

} // namespace

TEST_CASE("file systems of other machines are known by their type")
{
    for (const unsigned long network : { 0x6969UL, 0x517BUL, 0xFE534D42UL, 0xFF534D42UL,
             0x01021997UL, 0x65735546UL })
        CHECK(is_network_file_system(network));
    for (const unsigned long local : { 0xEF53UL, 0x58465342UL, 0x9123683EUL, 0x01021994UL,
             0x794C7630UL, 0x2FC12FC1UL })
        CHECK_FALSE(is_network_file_system(local));
    CHECK(journal_for("/dev/shm/x.loom") == Journal::ahead);
}

TEST_CASE("with a rollback journal a run is written, and read meanwhile")
{
    const samples::TemporaryFolder folder;
    const std::filesystem::path file = folder / "x.loom";
    const Chosen rollback("rollback");
    CHECK(journal_notice(file).find("x.loom lies on a network file system") == 0);
    RunWriter writer(file, samples::description());
    CHECK(mode(file) == "delete");
    ExperimentReader reader(file);
    for (int i = 0; i < 5; ++i) {
        writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_step({ i + 1, 1.0, 0.5, 0.1 });
        CHECK(reader.iterations(writer.id()).size() == static_cast<std::size_t>(i) + 1);
        CHECK_FALSE(std::filesystem::exists(folder / "x.loom-wal"));
    }
    writer.set_state(RunState::finished);
    CHECK(reader.run(writer.id()).state == RunState::finished);
}

TEST_CASE("a file that was moved from or to a network file system gets the journal that suits it")
{
    const samples::TemporaryFolder folder;
    const std::filesystem::path file = folder / "x.loom";
    {
        const Chosen ahead("ahead");
        RunWriter(file, samples::description()).set_state(RunState::finished);
        CHECK(mode(file) == "wal");
        CHECK(journal_notice(file).empty());
    }
    {
        const Chosen rollback("rollback");
        RunWriter(file, samples::description()).set_state(RunState::finished);
        CHECK(mode(file) == "delete");
    }
    const Chosen ahead("ahead");
    RunWriter(file, samples::description()).set_state(RunState::finished);
    CHECK(mode(file) == "wal");
    CHECK(ExperimentReader(file).runs().size() == 3);
}
