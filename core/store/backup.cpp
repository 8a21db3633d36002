#include "core/store/backup.h"

#include "core/store/database.h"
#include "core/store/sqlite_name.h"

#include <SQLiteCpp/Backup.h>

#include <sqlite3.h>

namespace circuitloom {

namespace {

constexpr int backup_pages = 4096;
constexpr int backup_wait_ms = 20;

} // namespace

void back_up(LoomDatabase& from, const std::filesystem::path& to)
{
    SQLite::Database target(sqlite_name(to), SQLite::OPEN_READWRITE);
    {
        SQLite::Backup backup(target, from.sqlite());
        int result = SQLITE_OK;
        while (result != SQLITE_DONE) {
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
