#include "core/analysis/run_dynamics.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

// What reading costs is counted in statements and instructions of SQLite, not in seconds.

using namespace circuitloom;
using samples::TemporaryFolder;

namespace {

struct Costs
{
    int statements = 0;
    std::int64_t instructions = 0;
};
Costs seen;

int count_statement(unsigned event, void*, void* statement, void*)
{
    if (event == SQLITE_TRACE_PROFILE) {
        ++seen.statements;
        seen.instructions += sqlite3_stmt_status(
            static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1);
    }
    return 0;
}

int watch_connection(sqlite3* connection, const char**, const sqlite3_api_routines*)
{
    return sqlite3_trace_v2(connection, SQLITE_TRACE_PROFILE, &count_statement, nullptr);
}

using Extension = void (*)();

/// Counts for every connection that is opened while it lives.
class Counting
{
public:
    Counting()
    {
        seen = {};
        sqlite3_auto_extension(reinterpret_cast<Extension>(&watch_connection));
    }
    ~Counting()
    {
        sqlite3_cancel_auto_extension(reinterpret_cast<Extension>(&watch_connection));
    }
    Counting(const Counting&) = delete;
    Counting& operator=(const Counting&) = delete;
};

Costs costs_of_dynamics(const std::filesystem::path& file, int iterations)
{
    {
        RunWriter writer(file, samples::description());
        for (int i = 0; i < iterations; ++i) {
            writer.add_iteration(samples::iteration(i), samples::circuit(i));
            writer.add_step({ i + 1, 1.0, 0.5, 0.1 });
        }
        writer.set_state(RunState::finished);
    }
    const Counting counting;
    const ExperimentReader reader(file);
    const RunDynamics found = run_dynamics(reader, { 1 }, {});
    CHECK(static_cast<int>(found.iterations.size()) == iterations);
    return seen;
}

} // namespace

TEST_CASE("the analysis of a run reads each circuit once, many at a time")
{
    const TemporaryFolder folder;
    const Costs few = costs_of_dynamics(folder / "few.loom", 300);
    const Costs many = costs_of_dynamics(folder / "many.loom", 1200);
    CHECK(few.statements > 10);
    CHECK(few.instructions > 1000);
    // 900 iterations more are 7 or 8 pieces more, of a few statements each.
    CHECK(many.statements - few.statements < 100);
    CHECK(many.instructions < 5 * few.instructions);
}
