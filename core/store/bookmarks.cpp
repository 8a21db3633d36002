#include "core/store/bookmarks.h"

#include "core/store/reader_connection.h"
#include "core/store/run_rows.h"

#include <utility>

namespace circuitloom {

namespace {

void require_texts(const Bookmark& bookmark)
{
    if (bookmark.name.empty())
        throw InputError("A bookmark needs a name.");
    if (bookmark.name.size() > longest_bookmark_name)
        throw InputError("The name of a bookmark may have up to "
            + std::to_string(longest_bookmark_name) + " bytes; this one has "
            + std::to_string(bookmark.name.size()) + ".");
    if (bookmark.note.size() > longest_bookmark_note)
        throw InputError("The note of a bookmark may have up to "
            + std::to_string(longest_bookmark_note) + " bytes; this one has "
            + std::to_string(bookmark.note.size()) + ".");
}

void require_iteration(LoomDatabase& database, const Bookmark& bookmark)
{
    SQLite::Statement query(
        database.sqlite(), "SELECT 1 FROM iteration WHERE run_id = ? AND iteration = ?");
    query.bind(1, bookmark.run.value);
    query.bind(2, bookmark.iteration.value);
    if (!query.executeStep())
        throw InputError("Run " + std::to_string(bookmark.run.value) + " of "
            + database.file().string() + " has no iteration "
            + std::to_string(bookmark.iteration.value) + " to be bookmarked.");
}

// One that is put back may be of an iteration that its run has not reached again.
void require_run(LoomDatabase& database, RunId run)
{
    SQLite::Statement query(database.sqlite(), "SELECT 1 FROM run WHERE run_id = ?");
    query.bind(1, run.value);
    if (!query.executeStep())
        throw InputError(database.file().string() + " has no run " + std::to_string(run.value)
            + ", so nothing of it can be bookmarked.");
}

// Runs `write` as one transaction.
template <class Write>
void commit(const std::filesystem::path& file, const char* doing, Write&& write)
{
    const ExperimentReader exists(file); // a file that is missing is not made
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    translating(file, doing, [&] {
        SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        write(database);
        transaction.commit();
    });
}

void require_changed(LoomDatabase& database, std::int64_t id)
{
    if (database.sqlite().getChanges() == 0)
        throw InputError(database.file().string() + " has no bookmark " + std::to_string(id) + ".");
}

} // namespace

Bookmark add_bookmark(const std::filesystem::path& file, const Bookmark& bookmark)
{
    require_texts(bookmark);
    Bookmark stored = bookmark;
    commit(file, "adding a bookmark", [&](LoomDatabase& database) {
        require_run(database, bookmark.run);
        if (bookmark.id == 0)
            require_iteration(database, bookmark);
        if (stored.created == 0)
            stored.created = seconds_now();
        SQLite::Statement insert(database.sqlite(),
            "INSERT INTO bookmark (bookmark_id, run_id, iteration, name, note, created) "
            "VALUES (nullif(?, 0), ?, ?, ?, ?, ?)");
        execute(insert, stored.id, stored.run.value, stored.iteration.value, stored.name,
            stored.note, stored.created);
        stored.id = database.sqlite().getLastInsertRowid();
    });
    return stored;
}

void change_bookmark(const std::filesystem::path& file, const Bookmark& bookmark)
{
    require_texts(bookmark);
    commit(file, "changing a bookmark", [&](LoomDatabase& database) {
        SQLite::Statement update(
            database.sqlite(), "UPDATE bookmark SET name = ?, note = ? WHERE bookmark_id = ?");
        execute(update, bookmark.name, bookmark.note, bookmark.id);
        require_changed(database, bookmark.id);
    });
}

void remove_bookmark(const std::filesystem::path& file, std::int64_t id)
{
    commit(file, "removing a bookmark", [&](LoomDatabase& database) {
        SQLite::Statement removal(database.sqlite(), "DELETE FROM bookmark WHERE bookmark_id = ?");
        execute(removal, id);
        require_changed(database, id);
    });
}

std::vector<Bookmark> ExperimentReader::bookmarks(RunId run) const
{
    return connection_->call("the bookmarks", [&] {
        connection_->require_run(run);
        std::vector<Bookmark> found;
        if (connection_->version() < 4)
            return found;
        Rows rows(connection_->database,
            select_from(table::bookmark, "WHERE run_id = ? ORDER BY iteration, bookmark_id"));
        rows.bind(run.value);
        while (rows.next())
            found.push_back(
                { rows.integer(column::bookmark_id, 1), run, { rows.small(column::iteration) },
                    connection_->short_text(rows, column::name, longest_bookmark_name),
                    connection_->short_text(rows, column::note, longest_bookmark_note),
                    rows.integer(column::created, 0) });
        return found;
    });
}

} // namespace circuitloom
