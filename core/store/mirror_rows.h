#pragma once

#include "core/store/columns.h"

#include <SQLiteCpp/Statement.h>
#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace circuitloom {

/// Bookmarks of a mirror that were made in it have greater numbers than any that its origin sends.
inline constexpr std::int64_t first_own_bookmark = std::int64_t{ 1 } << 40;

/// Puts rows of messages into the tables of a mirror. Internal to core/store.
///
/// Throws InputError, starting with what the message is called, where a table, a column or a value
/// is none of a .loom file's.
class MirrorRows
{
public:
    explicit MirrorRows(SQLite::Database& database);

    /// {"step": ["run_id", …], …}: what may come.
    nlohmann::json tables() const;
    /// Of a message of the type rows. Rows that are there already become these.
    void put(const nlohmann::json& message, const std::string& name);
    /// Of a message of the type clear.
    void clear(const nlohmann::json& message, const std::string& name);

private:
    struct Column
    {
        std::string name;
        std::string type; ///< INTEGER, REAL, TEXT or BLOB
        bool may_be_null = false;
        bool of_key = false;
    };
    using Columns = std::vector<Column>;

    const Columns& columns_of(const nlohmann::json& message, const std::string& name) const;
    Columns chosen(const nlohmann::json& message, const std::string& name) const;
    SQLite::Statement& insertion(const std::string& table, const Columns& columns);

    SQLite::Database& database_;
    std::map<std::string, Columns> tables_;
    std::map<std::string, SQLite::Statement> insertions_; ///< by their SQL
};

} // namespace circuitloom
