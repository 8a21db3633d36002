#include "core/store/backup.h"

#include "core/store/database.h"
#include "core/store/sqlite_name.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Transaction.h>

#include <sqlite3.h>

#include <optional>

namespace circuitloom {

namespace {

constexpr int backup_pages = 4096;
constexpr int backup_wait_ms = 20;

// What is read of the source stays as it is now, whoever commits to it.
void hold_still(SQLite::Database& source, std::optional<SQLite::Transaction>& snapshot)
{
    if (source.execAndGet("PRAGMA journal_mode").getString() != "wal")
        return;
    snapshot.emplace(source, SQLite::TransactionBehavior::DEFERRED);
    source.execAndGet("SELECT count(*) FROM sqlite_master"); // which is when it begins
}

} // namespace

void back_up(
    LoomDatabase& from, const std::filesystem::path& to, const std::function<void()>& before_step)
{
    SQLite::Database target(sqlite_name(to), SQLite::OPEN_READWRITE);
    {
        std::optional<SQLite::Transaction> snapshot;
        hold_still(from.sqlite(), snapshot);
        SQLite::Backup backup(target, from.sqlite());
        int result = SQLITE_OK;
        while (result != SQLITE_DONE) {
            if (before_step)
                before_step();
            result = backup.executeStep(backup_pages);
            if (result == SQLITE_BUSY || result == SQLITE_LOCKED)
                sqlite3_sleep(backup_wait_ms);
        }
    }
    target.exec("UPDATE run SET state = 'stopped', ended = max(created, unixepoch()), "
                "message = 'This is a copy, made while the run was going on.' "
                "WHERE state IN ('running', 'paused')");
}

} // namespace circuitloom
