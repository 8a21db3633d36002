#include "core/store/creation.h"

#include "core/base/error.h"
#include "core/base/file_presence.h"
#include "core/store/database.h"
#include "core/store/journal.h"
#include "core/store/schema.h"
#include "core/store/sqlite_name.h"
#include "core/store/unfinished_file.h"

#include <SQLiteCpp/Transaction.h>

namespace circuitloom {

namespace {

void fill(const std::string& name)
{
    SQLite::Database database(sqlite_name(name), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // Before the first table: only then can room be given back without writing the file anew.
    database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::EXCLUSIVE);
    migrate(database, 0);
    transaction.commit();
    // Set here, it need not be changed while others have the file open, which can fail at once.
    set_journal(database, name);
}

} // namespace

void create_experiment_file(const std::filesystem::path& file)
{
    const UnfinishedFile unfinished(file);
    translating(file, "making it", [&] { fill(unfinished.name()); });
    unfinished.take_name();
}

void require_place_for_runs(const std::filesystem::path& file)
{
    if (is_there(file))
        LoomDatabase::check_for_writing(file);
    else
        const UnfinishedFile probe(file);
}

} // namespace circuitloom
