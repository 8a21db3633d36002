#include "core/store/upgrade.h"

#include "core/base/error.h"
#include "core/store/columns.h"
#include "core/store/database.h"
#include "core/store/rescue.h"
#include "core/store/run_rows.h"
#include "core/store/schema.h"
#include "core/store/sqlite_name.h"
#include "core/store/unfinished_file.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

namespace circuitloom {

namespace {

std::filesystem::path backup_of(const std::filesystem::path& file, int version)
{
    return free_name(file, "v" + std::to_string(version) + "-backup");
}

void require_no_writer(SQLite::Database& database, const std::filesystem::path& file)
{
    SQLite::Statement query(database,
        "SELECT run_id, writer_process, writer_started, writer_boot FROM run "
        "WHERE state IN ('running', 'paused')");
    while (query.executeStep())
        if (is_alive(writer_of(query)))
            throw InputError(file.string() + " is of an older Circuitloom, which is still writing "
                + "its run " + query.getColumn(column::run_id.data()).getString()
                + "; wait until that has ended.");
}

// Its name is longer than the file's, which may be as long as one can be.
UnfinishedFile unfinished_copy(
    const std::filesystem::path& backup, const std::filesystem::path& file)
{
    try {
        return UnfinishedFile(backup);
    } catch (const InputError& cause) {
        throw ResourceError(file.string() + " is of an older Circuitloom, and a copy of it as it is "
            + "cannot be kept beside it: " + cause.what() + " Give the file a shorter name.");
    }
}

// Under another name first, so that no half of a copy ever bears the name. The writer holds the
// file meanwhile; its own connection cannot be the source while it does.
std::filesystem::path keep_older(const std::filesystem::path& file, int version)
{
    const std::filesystem::path backup = backup_of(file, version);
    const UnfinishedFile part = unfinished_copy(backup, file);
    try {
        SQLite::Database source(sqlite_name(file), SQLite::OPEN_READONLY, writer_waits_ms);
        SQLite::Database target(sqlite_name(part.name()), SQLite::OPEN_READWRITE);
        SQLite::Backup(target, source).executeStep();
    } catch (const SQLite::Exception& cause) {
        rethrow_as_resource_error(cause, backup, "keeping a copy of the older file");
    }
    part.share();
    std::error_code error;
    std::filesystem::rename(part.name(), backup, error);
    if (error)
        throw ResourceError(backup.string() + " cannot be written: " + error.message() + ".");
    return backup;
}

// A new file of ours, or one whose making was cut off. What cannot be read is not judged here.
bool holds_nothing(const std::filesystem::path& file)
{
    try {
        SQLite::Database database(sqlite_name(file), SQLite::OPEN_READONLY, writer_waits_ms);
        return is_blank(database);
    } catch (const SQLite::Exception&) {
        return false;
    }
}

} // namespace

void bring_up_to_date(SQLite::Database& database, const std::filesystem::path& file)
{
    // The setting cannot change within a transaction.
    database.exec("PRAGMA foreign_keys = OFF");
    {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const int version = is_blank(database) ? 0 : check_identity(database, file);
        std::filesystem::path backup;
        if (version > 0 && version < schema_version()) {
            check_schema(database, file);
            require_no_writer(database, file);
            backup = keep_older(file, version);
        }
        try {
            if (version < schema_version())
                migrate(database, version);
            transaction.commit();
        } catch (...) { // the file is as it was, and each further try would leave one more copy
            std::error_code ignored;
            if (!backup.empty())
                std::filesystem::remove(backup, ignored);
            throw;
        }
    }
    database.exec("PRAGMA foreign_keys = ON");
}

std::string upgrade_notice(const std::filesystem::path& file)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error) || holds_nothing(file))
        return {};
    LoomDatabase database = LoomDatabase::open_for_reading(file);
    const int version = check_identity(database.sqlite(), file);
    if (version == schema_version())
        return {};
    return "bringing " + file.filename().string() + " up to date; the older file stays as "
        + backup_of(file, version).filename().string();
}

} // namespace circuitloom
