#pragma once

#include "core/store/columns.h"
#include "core/store/database.h"
#include "core/store/stream_batch.h"

#include <SQLiteCpp/Statement.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The tables of a file of which a stream is read, with the columns that both sides know. Internal to
/// core/store. Throws as StreamSource does, with SQLite's own exceptions untranslated.
class StreamTables
{
public:
    /// `theirs`: {"step": ["run_id", …], …}.
    StreamTables(const std::filesystem::path& file, const nlohmann::json& theirs);

    LoomDatabase& database() { return database_; }
    SQLite::Database& sqlite() { return database_.sqlite(); }
    /// Whether both have it.
    bool knows(const Table& table) const { return !columns_of(table).empty(); }
    /// SELECT of what both know, with `rest` behind it.
    std::string select(const Table& table, const std::string& rest) const;
    const std::vector<std::string>& columns_of(const Table& table) const
    {
        return columns_.at(table.name);
    }

    /// Whether the row that the query stands at may be added; it is asked before each of them.
    using Before = std::function<bool(SQLite::Statement&)>;
    using After = std::function<void(SQLite::Statement&)>;
    /// Adds the rows of a query whose parameters ?1, ?2, … are whole numbers. False where `before` was.
    bool add_rows(StreamBatch& batch, const Table& table, const std::string& rest,
        const std::vector<std::int64_t>& parameters, const Before& before = {},
        const After& after = {});

private:
    LoomDatabase database_;
    std::map<std::string_view, std::vector<std::string>> columns_; ///< empty: one side lacks it
};

/// Tells a row that was changed from what it was.
std::int64_t digest(const nlohmann::json& value);
std::int64_t row_digest(SQLite::Statement& row);

} // namespace circuitloom
