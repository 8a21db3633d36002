#include "core/store/mirror_table.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/store/rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace circuitloom {

namespace {

std::string origin_in(SQLite::Database& database)
{
    SQLite::Statement query(database, "SELECT value FROM mirror WHERE key = 'origin'");
    return query.executeStep() && query.getColumn(0).isText() ? query.getColumn(0).getString()
                                                              : std::string();
}

} // namespace

bool has_mirror_table(SQLite::Database& database)
{
    SQLite::Statement query(database,
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'mirror' AND sql = ?");
    query.bind(1, mirror_table_sql);
    return query.executeStep();
}

void require_no_mirror(
    SQLite::Database& database, const std::filesystem::path& file, const std::string& what)
{
    if (has_mirror_table(database))
        throw InputError(file.string() + " is the mirror of " + for_message(origin_in(database), 200)
            + ". " + what + ": its runs are trained there.");
}

std::optional<std::string> mirror_origin(const std::filesystem::path& file)
{
    LoomDatabase database = LoomDatabase::open_for_reading(file);
    return translating(file, "reading where it comes from", [&]() -> std::optional<std::string> {
        if (!has_mirror_table(database.sqlite()))
            return std::nullopt;
        return origin_in(database.sqlite());
    });
}

} // namespace circuitloom
