#include "core/store/merge.h"

#include "core/base/error.h"
#include "core/store/backup.h"
#include "core/store/columns.h"
#include "core/store/database.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/store/sqlite_name.h"
#include "core/store/unfinished_file.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

bool is_of_a_run(const Table& table)
{
    const std::string_view name = table.name;
    return name != table::graph.name && name != table::node.name && name != table::edge.name
        && name != table::supernode.name && name != table::supernode_member.name
        && name != table::window_view.name;
}

// Joins equal graphs of both files.
const std::string& same_graph()
{
    static const std::string condition = [] {
        std::string text;
        for (const std::string_view column : table::graph.columns)
            text += (text.empty() ? "ours." : " AND ours.") + std::string(column) + " = theirs."
                + std::string(column);
        return text;
    }();
    return condition;
}

// Of a row of the file that is added: what its graph is called here.
std::string our_graph(const Table& table)
{
    return "(SELECT ours.graph_id FROM main.graph AS ours JOIN added.graph AS theirs ON "
        + same_graph() + " WHERE theirs.graph_id = added." + std::string(table.name)
        + ".graph_id)";
}

void add_graphs(SQLite::Database& database)
{
    const std::string columns = column_list(table::graph.columns);
    database.exec("INSERT INTO main.graph (" + columns + ") SELECT " + columns
        + " FROM added.graph AS theirs WHERE NOT EXISTS (SELECT 1 FROM main.graph AS ours WHERE "
        + same_graph() + ") ORDER BY theirs.graph_id");
    for (const Table* table : { &table::node, &table::edge }) {
        std::string values;
        for (const std::string_view column : table->columns)
            values += (values.empty() ? "" : ", ")
                + (column == column::graph_id ? our_graph(*table) : std::string(column));
        database.exec("INSERT OR IGNORE INTO main." + std::string(table->name) + " ("
            + column_list(table->columns) + ") SELECT " + values + " FROM added."
            + std::string(table->name));
    }
}

/// Numbers that SQLite gave rows, and by how much those of the added file are raised.
using Offsets = std::map<std::string_view, std::int64_t>;

Offsets offsets_in(SQLite::Database& database)
{
    Offsets offsets;
    for (const Table* table : tables())
        if (!table->row_id.empty() && is_of_a_run(*table))
            offsets[table->row_id] = database
                                         .execAndGet("SELECT coalesce(max("
                                             + std::string(table->row_id) + "), 0) FROM main."
                                             + std::string(table->name))
                                         .getInt64();
    offsets[column::other_run] = offsets.at(column::run_id);
    return offsets;
}

void add_rows(SQLite::Database& database, const Table& table, const Offsets& offsets)
{
    std::vector<std::string_view> columns(table.columns.begin(), table.columns.end());
    if (!table.row_id.empty())
        columns.push_back(table.row_id);
    std::string values;
    for (const std::string_view column : columns) {
        const auto offset = offsets.find(column);
        values += values.empty() ? "" : ", ";
        if (column == column::graph_id)
            values += our_graph(table);
        else if (offset != offsets.end())
            values += std::string(column) + " + " + std::to_string(offset->second);
        else
            values += column;
    }
    database.exec("INSERT INTO main." + std::string(table.name) + " (" + column_list(columns)
        + ") SELECT " + values + " FROM added." + std::string(table.name));
}

// Both are up to date. Gives by how much the numbers of its runs are raised.
std::int64_t add_file(LoomDatabase& to, const std::filesystem::path& added)
{
    SQLite::Database& database = to.sqlite();
    SQLite::Statement attach(database, "ATTACH DATABASE ? AS added");
    attach.bind(1, sqlite_name(added));
    attach.exec();
    std::int64_t raised = 0;
    {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const Offsets offsets = offsets_in(database);
        add_graphs(database);
        for (const Table* table : tables())
            if (is_of_a_run(*table))
                add_rows(database, *table, offsets);
        raised = offsets.at(column::run_id);
        transaction.commit();
    }
    database.exec("DETACH DATABASE added");
    return raised;
}

// What cannot be read is the file that is added.
template <class Action>
auto adding(const std::filesystem::path& file, const std::filesystem::path& to, Action&& action)
{
    try {
        return std::forward<Action>(action)();
    } catch (const SQLite::Exception& cause) {
        const int code = cause.getErrorCode();
        const bool unreadable = code == SQLITE_CORRUPT || code == SQLITE_NOTADB
            || code == SQLITE_CONSTRAINT; // its rows do not fit together
        rethrow_as_resource_error(cause, unreadable ? file : to,
            unreadable ? "adding its runs to " + to.string()
                       : "adding the runs of " + file.string());
    }
}

// Adds all runs of `file` to `to`, which becomes `result`, by way of a copy: a file of an older
// version is brought up to date there.
void add_copy(LoomDatabase& to, const std::filesystem::path& file,
    const std::filesystem::path& result, std::vector<MergedRun>& runs,
    const std::function<void()>& look_whether_stopped)
{
    const UnfinishedFile unfinished(result);
    const std::string& copy = unfinished.name();
    {
        LoomDatabase source = LoomDatabase::open_for_reading(file);
        source.begin_call();
        translating(file, "copying it to add its runs to " + result.string(),
            [&] { back_up(source, copy, look_whether_stopped); });
    }
    LoomDatabase::open_for_writing(copy);
    const std::int64_t raised = adding(file, result, [&] { return add_file(to, copy); });
    for (const RunSummary& run : ExperimentReader(copy).runs())
        runs.push_back({ file, run.id, { run.id.value + raised } });
}

} // namespace

std::vector<MergedRun> merge_experiments(std::span<const std::filesystem::path> files,
    const std::filesystem::path& to, std::stop_token stop)
{
    const auto look_whether_stopped = [&] {
        if (stop.stop_requested())
            throw Cancelled("The merge was stopped; nothing was added to " + to.string() + ".");
    };
    std::error_code ignored;
    for (const std::filesystem::path& file : files)
        if (std::filesystem::equivalent(file, to, ignored))
            throw InputError(to.string()
                + " is one of the files to be merged; give the result another name.");
    for (const std::filesystem::path& file : files)
        LoomDatabase::open_for_reading(file).require_sound();
    if (std::filesystem::exists(to, ignored))
        LoomDatabase::check_for_writing(to);
    // Under another name first: whatever fails, nothing of it is left.
    const UnfinishedFile whole(to);
    std::vector<MergedRun> runs;
    {
        LoomDatabase database = LoomDatabase::open_for_writing(whole.name());
        for (const std::filesystem::path& file : files) {
            look_whether_stopped();
            add_copy(database, file, to, runs, look_whether_stopped);
        }
    }
    look_whether_stopped();
    if (whole.take_name())
        return runs;
    LoomDatabase database = LoomDatabase::open_for_writing(to);
    const std::int64_t raised = translating(
        to, "adding the merged runs", [&] { return add_file(database, whole.name()); });
    for (MergedRun& run : runs)
        run.here.value += raised;
    return runs;
}

} // namespace circuitloom
