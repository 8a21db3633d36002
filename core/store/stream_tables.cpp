#include "core/store/stream_tables.h"

#include "core/base/error.h"
#include "core/store/schema.h"
#include "core/store/writer_columns.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr int oldest_version = 3; // circuits were kept otherwise before

} // namespace

StreamTables::StreamTables(const std::filesystem::path& file, const Json& theirs)
    : database_(LoomDatabase::open_for_reading(file))
{
    const int version = check_identity(sqlite(), file);
    if (version < oldest_version)
        throw InputError(file.string() + " has schema version " + std::to_string(version)
            + ", which cannot be sent; circuitloom-cli resume, or any change in the window, brings it "
              "up to date.");
    for (const Table* table : tables()) {
        const std::string name(table->name);
        std::vector<std::string>& columns = columns_[table->name];
        SQLite::Statement query(sqlite(), "SELECT name FROM pragma_table_info('" + name + "')");
        const auto known = theirs.find(name);
        while (query.executeStep()) {
            std::string column = query.getColumn(0).getString();
            const bool wanted = known != theirs.end() && known->is_array()
                && std::ranges::find(*known, Json(column)) != known->end();
            if (wanted && !is_of_writer(table->name, column))
                columns.push_back(std::move(column));
        }
    }
}

std::string StreamTables::select(const Table& table, const std::string& rest) const
{
    std::string list;
    for (const std::string& name : columns_of(table))
        list += (list.empty() ? "" : ", ") + name;
    return "SELECT " + list + " FROM " + std::string(table.name) + " " + rest;
}

bool StreamTables::add_rows(StreamBatch& batch, const Table& table, const std::string& rest,
    const std::vector<std::int64_t>& parameters, const Before& before, const After& after)
{
    if (!knows(table))
        return true;
    SQLite::Statement query(sqlite(), select(table, rest));
    int index = 0;
    for (const std::int64_t parameter : parameters)
        query.bind(++index, parameter);
    while (query.executeStep()) {
        if (before && !before(query))
            return false;
        batch.add(table, columns_of(table), query);
        if (after)
            after(query);
    }
    return true;
}

std::int64_t digest(const Json& value)
{
    const std::vector<std::uint8_t> bytes = Json::to_cbor(value);
    return static_cast<std::int64_t>(::crc32_z(0, bytes.data(), bytes.size()));
}

std::int64_t row_digest(SQLite::Statement& row)
{
    return digest(row_values(row));
}

} // namespace circuitloom
