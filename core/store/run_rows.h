#pragma once

#include "core/graph/computational_graph.h"
#include "core/store/database.h"
#include "core/store/records.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>

namespace circuitloom {

/// Rows of the table of runs; see RunWriter. Internal to core/store.

/// Seconds since 1970, UTC. Clocks can be wrong; what is stored is never before 1970.
std::int64_t seconds_now();

/// Who holds, or held, the run of a row that has the columns of the writer.
WriterIdentity writer_of(SQLite::Statement& row);

/// Both take hold of the run for this process, in a transaction of their own, and give its number.
std::int64_t begin_run(
    LoomDatabase& database, const RunDescription& description, const ComputationalGraph& graph);
std::int64_t continue_run(
    LoomDatabase& database, RunId run, const std::optional<CheckpointRecord>& from);

template <class Value>
void bind_value(SQLite::Statement& statement, int index, const Value& value)
{
    statement.bind(index, value);
}
/// NULL where there is none.
template <class Value>
void bind_value(SQLite::Statement& statement, int index, const std::optional<Value>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

/// Runs a statement that gives no rows.
template <class... Values>
void execute(SQLite::Statement& statement, const Values&... values)
{
    statement.tryReset(); // also after a call that failed
    int index = 0;
    (bind_value(statement, ++index, values), ...);
    statement.exec();
    statement.reset();
}

} // namespace circuitloom
