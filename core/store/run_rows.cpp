#include "core/store/run_rows.h"

#include "core/base/error.h"
#include "core/store/catalogue.h"
#include "core/store/columns.h"
#include "core/store/mirror_table.h"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <ctime>
#include <string>

namespace circuitloom {

namespace {

std::int64_t add_run(SQLite::Database& database, const RunDescription& run, std::int64_t graph)
{
    const WriterIdentity writer = this_process();
    SQLite::Statement insert(database, insert_into(table::run));
    execute(insert, run.name, run.method, run.configuration, run.model, run.model_fingerprint,
        run.software, std::to_string(run.seed), run.steps, run.top_n, run.parameters, graph,
        seconds_now(), nullptr, std::string(run_state_name(RunState::running)), "", writer.process,
        writer.started, writer.boot, "");
    return database.getLastInsertRowid();
}

void require_unheld(SQLite::Database& database, const std::filesystem::path& file, RunId run)
{
    const std::string name = "Run " + std::to_string(run.value) + " of " + file.string();
    SQLite::Statement query(database,
        "SELECT state, writer_process, writer_started, writer_boot FROM run WHERE run_id = ?");
    query.bind(1, run.value);
    if (!query.executeStep())
        throw InputError(
            "There is no run " + std::to_string(run.value) + " in " + file.string() + ".");
    const std::string state = query.getColumn(column::state.data()).getString();
    const WriterIdentity writer = writer_of(query);
    if ((state == "running" || state == "paused") && is_alive(writer))
        throw InputError(name + " is going on in the process " + std::to_string(writer.process)
            + "; stop it there first.");
}

// Removes what `run` stored after the checkpoint, or since its beginning. What the user wrote on
// the timeline stays.
void return_to(
    SQLite::Database& database, RunId run, const std::optional<CheckpointRecord>& checkpoint)
{
    const int step = checkpoint ? checkpoint->step : -1;
    const int iterations = checkpoint ? checkpoint->iterations : 0;
    const auto remove = [&](const char* statement, int after) {
        SQLite::Statement removal(database, statement);
        execute(removal, run.value, after);
    };
    remove("DELETE FROM iteration WHERE run_id = ? AND iteration >= ?", iterations);
    remove("DELETE FROM step WHERE run_id = ? AND step > ?", step);
    remove("DELETE FROM evaluation WHERE run_id = ? AND step > ?", step);
    remove("DELETE FROM mark WHERE run_id = ? AND step > ? AND kind <> 'note'", step);
    remove("DELETE FROM checkpoint WHERE run_id = ? AND step > ?", step);
}

} // namespace

WriterIdentity writer_of(SQLite::Statement& row)
{
    return { row.getColumn(column::writer_process.data()).getInt64(),
        row.getColumn(column::writer_started.data()).getInt64(),
        row.getColumn(column::writer_boot.data()).getString() };
}

std::int64_t seconds_now()
{
    return std::max<std::int64_t>(0, std::time(nullptr));
}

std::int64_t continue_run(
    LoomDatabase& database, RunId run, const std::optional<CheckpointRecord>& from)
{
    SQLite::Database& sqlite = database.sqlite();
    SQLite::Transaction transaction(sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    require_no_mirror(sqlite, database.file(), "A run of it cannot go on here");
    require_unheld(sqlite, database.file(), run);
    return_to(sqlite, run, from);
    const WriterIdentity writer = this_process();
    SQLite::Statement hold(sqlite,
        "UPDATE run SET state = 'running', message = '', ended = NULL, writer_process = ?, "
        "writer_started = ?, writer_boot = ? WHERE run_id = ?");
    execute(hold, writer.process, writer.started, writer.boot, run.value);
    transaction.commit();
    return run.value;
}

std::int64_t begin_run(
    LoomDatabase& database, const RunDescription& description, const ComputationalGraph& graph)
{
    SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    require_no_mirror(database.sqlite(), database.file(), "No run can begin in it");
    const std::int64_t catalogue = catalogue_of(database.sqlite(), graph);
    const std::int64_t run = add_run(database.sqlite(), description, catalogue);
    transaction.commit();
    return run;
}

} // namespace circuitloom
