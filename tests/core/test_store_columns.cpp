#include "core/store/columns.h"
#include "core/store/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

using namespace circuitloom;

namespace {

std::vector<std::string> texts(SQLite::Database& database, const std::string& query)
{
    std::vector<std::string> found;
    SQLite::Statement statement(database, query);
    while (statement.executeStep())
        found.push_back(statement.getColumn(0).getString());
    return found;
}

} // namespace

TEST_CASE("the constants name every table that the migrations make, and every column")
{
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(database, 0);
    std::set<std::string> named;
    for (const Table* table : tables()) {
        const std::string name(table->name);
        CAPTURE(name);
        CHECK(named.insert(name).second);
        std::multiset<std::string> columns(table->columns.begin(), table->columns.end());
        if (!table->row_id.empty())
            columns.insert(std::string(table->row_id));
        const auto made = texts(database, "SELECT name FROM pragma_table_info('" + name + "')");
        CHECK(columns == std::multiset<std::string>(made.begin(), made.end()));
        // What SQLite does not number itself, whoever inserts a row does.
        CHECK_NOTHROW(SQLite::Statement(database, insert_into(*table)));
        CHECK_NOTHROW(SQLite::Statement(database, select_from(*table, "LIMIT 1")));
    }
    const auto made = texts(database,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    CHECK(named == std::set<std::string>(made.begin(), made.end()));
}

TEST_CASE("statements name their columns in the table's order")
{
    CHECK(insert_into(table::mark)
        == "INSERT INTO mark (run_id, step, kind, label) VALUES (?, ?, ?, ?)");
    CHECK(select_from(table::mark, "WHERE run_id = ?")
        == "SELECT mark_id, run_id, step, kind, label FROM mark WHERE run_id = ?");
}
