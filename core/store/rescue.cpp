#include "core/store/rescue.h"

#include "core/store/sqlite_name.h"

#include <SQLiteCpp/Backup.h>

namespace circuitloom {

std::filesystem::path free_name(const std::filesystem::path& file, const std::string& label)
{
    std::filesystem::path name;
    std::error_code ignored;
    int number = 1;
    do {
        name = file;
        name.replace_extension("." + label + (number == 1 ? "" : "-" + std::to_string(number))
            + file.extension().string());
        ++number;
    } while (std::filesystem::exists(name, ignored));
    return name;
}

std::filesystem::path rescue(LoomDatabase& database)
{
    const std::filesystem::path copy = free_name(database.file(), "rescued");
    translating(copy, "saving what " + database.file().string() + " held", [&] {
        SQLite::Database target(sqlite_name(copy), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup(target, database.sqlite()).executeStep();
        target.exec("UPDATE run SET state = 'stopped', ended = max(created, unixepoch()), "
                    "message = 'Its file was deleted or replaced while the run was going on.' "
                    "WHERE state IN ('running', 'paused')");
    });
    database.withdraw_log();
    return copy;
}

} // namespace circuitloom
