#include "core/store/schema.h"

#include "core/base/error.h"
#include "core/store/migrations.h"
#include "core/store/sqlite_name.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <map>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

constexpr int reading_patience_ms = 1000; ///< while another connection holds the file

std::int64_t pragma(SQLite::Database& database, const std::string& name)
{
    return database.execAndGet("PRAGMA " + name).getInt64();
}

void apply(SQLite::Database& database, int from, int to)
{
    for (int version = from; version < to; ++version)
        database.exec(migrations()[static_cast<std::size_t>(version)]);
    database.exec("PRAGMA application_id = " + std::to_string(loom_application_id));
    database.exec("PRAGMA user_version = " + std::to_string(to));
}

using Objects = std::map<std::string, std::pair<std::string, std::string>>;

// The SQL behind every table, index and view, by name. sqlite_schema itself was checked by SQLite
// when it parsed the schema.
Objects objects(SQLite::Database& database)
{
    Objects found;
    SQLite::Statement query(database,
        "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL "
        "AND type IN ('table', 'index', 'view') LIMIT 1000");
    while (query.executeStep())
        found[query.getColumn(0).getString()]
            = { query.getColumn(1).getString(), query.getColumn(2).getString() };
    return found;
}

} // namespace

int schema_version()
{
    return static_cast<int>(migrations().size());
}

bool is_blank(SQLite::Database& database)
{
    return pragma(database, "application_id") == 0 && pragma(database, "user_version") == 0
        && database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

int check_identity(SQLite::Database& database, const std::filesystem::path& file)
{
    if (is_blank(database))
        throw InputError(file.string() + " holds nothing yet: it was made, but no run was written.");
    if (pragma(database, "application_id") != loom_application_id)
        throw InputError(file.string() + " is a SQLite database, but no .loom file.");
    const auto version = pragma(database, "user_version");
    if (version > schema_version())
        throw InputError(file.string() + " has schema version " + std::to_string(version)
            + ", but this program reads up to version " + std::to_string(schema_version())
            + "; open it with a newer Circuitloom.");
    if (version < 1)
        throw InputError(file.string() + " has no valid schema version.");
    return static_cast<int>(version);
}

int schema_version_of(const std::filesystem::path& file)
{
    try {
        SQLite::Database database(sqlite_name(file), SQLite::OPEN_READONLY, reading_patience_ms);
        return check_identity(database, file);
    } catch (const SQLite::Exception& cause) {
        throw InputError(file.string() + " cannot be read: " + cause.what() + ".");
    }
}

void migrate(SQLite::Database& database, int version)
{
    apply(database, version, schema_version());
}

void check_schema(SQLite::Database& database, const std::filesystem::path& file)
{
    SQLite::Database model(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    apply(model, 0, check_identity(database, file));
    const Objects present = objects(database);
    for (const auto& [name, expected] : objects(model)) {
        const auto found = present.find(name);
        if (found == present.end() || found->second != expected)
            throw InputError(file.string() + " is no intact .loom file: its " + expected.first + " "
                + name + " is missing or differs from what Circuitloom makes.");
    }
}

} // namespace circuitloom
