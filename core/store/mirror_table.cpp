#include "core/store/mirror_table.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/store/database.h"
#include "core/store/mirror_rows.h"
#include "core/store/run_rows.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <nlohmann/json.hpp>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

std::string value_of(SQLite::Database& database, const char* key)
{
    SQLite::Statement query(database, "SELECT value FROM mirror WHERE key = ?");
    query.bind(1, key);
    return query.executeStep() && query.getColumn(0).isText() ? query.getColumn(0).getString()
                                                              : std::string();
}

std::string text_of(const WriterIdentity& writer)
{
    return Json{ writer.process, writer.started, writer.boot }.dump();
}

bool is_other_living(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_array() || json.size() != 3 || !json[0].is_number_integer()
        || !json[1].is_number_integer() || !json[2].is_string())
        return false;
    const WriterIdentity writer{ json[0].get<std::int64_t>(), json[1].get<std::int64_t>(),
        json[2].get<std::string>() };
    return writer.process != this_process().process && is_alive(writer);
}

void make_mirror_table(SQLite::Database& sqlite)
{
    sqlite.exec(mirror_table_sql);
    SQLite::Statement first(
        sqlite, "INSERT INTO sqlite_sequence (name, seq) VALUES ('bookmark', ?)");
    execute(first, first_own_bookmark);
}

/// Whether anything of the origin is here. Of a wrong address nothing ever is.
bool has_received(SQLite::Database& sqlite)
{
    return sqlite.execAndGet("SELECT EXISTS (SELECT 1 FROM mirror WHERE key LIKE 'have:%')"
                             " OR EXISTS (SELECT 1 FROM run)").getInt() != 0;
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
        throw InputError(file.string() + " is the mirror of " + for_message(value_of(database, "origin"), 200)
            + ". " + what + ": its runs are trained there.");
}

void hold_mirror(LoomDatabase& database, const std::string& origin)
{
    SQLite::Database& sqlite = database.sqlite();
    const std::string file = database.file().string();
    SQLite::Transaction transaction(sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    if (!has_mirror_table(sqlite)) {
        if (sqlite.execAndGet("SELECT count(*) FROM run").getInt() > 0)
            throw InputError(file + " is an experiment of its own and no mirror of "
                + for_message(origin) + "; give the mirror another name.");
        make_mirror_table(sqlite);
    } else if (const std::string other = value_of(sqlite, "origin");
               other != origin && has_received(sqlite)) {
        throw InputError(file + " is the mirror of " + for_message(other) + ", not of "
            + for_message(origin) + "; give the mirror another name.");
    }
    if (is_other_living(value_of(sqlite, "writer")))
        throw InputError("Another process brings " + file + " up to date already.");
    SQLite::Statement set(sqlite, "INSERT OR REPLACE INTO mirror (key, value) VALUES (?, ?)");
    execute(set, "origin", origin);
    execute(set, "writer", text_of(this_process()));
    transaction.commit();
}

void leave_mirror(LoomDatabase& database)
{
    database.sqlite().exec("DELETE FROM mirror WHERE key = 'writer'");
}

std::optional<std::string> mirror_origin(const std::filesystem::path& file)
{
    LoomDatabase database = LoomDatabase::open_for_reading(file);
    return translating(file, "reading where it comes from", [&]() -> std::optional<std::string> {
        if (!has_mirror_table(database.sqlite()))
            return std::nullopt;
        return value_of(database.sqlite(), "origin");
    });
}

} // namespace circuitloom
