#include "core/store/stored_view.h"

#include "core/store/reader_connection.h"
#include "core/store/run_rows.h"

#include <string>

namespace circuitloom {

namespace {

bool is_of_this_version(const std::filesystem::path& file)
{
    LoomDatabase database = LoomDatabase::open_for_reading(file);
    return translating(file, "reading its version",
        [&] { return check_identity(database.sqlite(), file) == schema_version(); });
}

} // namespace

bool save_view(const std::filesystem::path& file, const StoredView& view)
{
    if (view.content.size() > longest_view_content)
        throw InputError("The view of a file may take up to " + std::to_string(longest_view_content)
            + " bytes; this one takes " + std::to_string(view.content.size()) + ".");
    if (!is_of_this_version(file))
        return false;
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    translating(file, "saving how it was looked at", [&] {
        SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement replace(database.sqlite(),
            "INSERT OR REPLACE INTO window_view (window_view_id, run_id, content) "
            "VALUES (1, ?, ?)");
        execute(replace, view.run.value, view.content);
        transaction.commit();
        // Whoever moves the file next takes all of it along. Nobody who trains is kept waiting.
        const bool idle = database.sqlite()
                              .execAndGet("SELECT count(*) FROM run "
                                          "WHERE state IN ('running', 'paused')")
                              .getInt()
            == 0;
        database.sqlite().exec(
            idle ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)");
    });
    return true;
}

std::optional<StoredView> ExperimentReader::view() const
{
    return connection_->call("how it was looked at", [&]() -> std::optional<StoredView> {
        if (connection_->version() < 5)
            return std::nullopt;
        Rows rows(connection_->database, select_from(table::window_view, "LIMIT 1"));
        if (!rows.next())
            return std::nullopt;
        return StoredView{ { rows.integer(column::run_id, any_integer) },
            connection_->short_text(rows, column::content, longest_view_content) };
    });
}

} // namespace circuitloom
