#include "core/store/stream_batch.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr std::size_t message_is_full = 256 << 10; // bytes

Json value_of(const SQLite::Column& column)
{
    if (column.isNull())
        return nullptr;
    if (column.isInteger())
        return column.getInt64();
    if (column.isFloat())
        return column.getDouble();
    const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
    const auto length = static_cast<std::size_t>(column.getBytes());
    if (column.isText())
        return std::string(reinterpret_cast<const char*>(bytes), length);
    return Json::binary(std::vector<std::uint8_t>(bytes, bytes + length));
}

} // namespace

Json row_values(SQLite::Statement& query)
{
    Json row = Json::array();
    for (int i = 0; i < query.getColumnCount(); ++i)
        row.push_back(value_of(query.getColumn(i)));
    return row;
}

void StreamBatch::clear(const Table& table)
{
    messages_.push_back({ { "type", "clear" }, { "table", table.name } });
    table_ = {};
}

void StreamBatch::clear(const Table& table, std::int64_t key)
{
    messages_.push_back({ { "type", "clear" }, { "table", table.name }, { "key", key } });
    table_ = {};
}

void StreamBatch::add(
    const Table& table, const std::vector<std::string>& columns, SQLite::Statement& query)
{
    if (table_ != table.name || message_bytes_ >= message_is_full) {
        messages_.push_back({ { "type", "rows" }, { "table", table.name },
            { "columns", columns }, { "rows", Json::array() } });
        table_ = table.name;
        message_bytes_ = 0;
    }
    std::size_t bytes = 0;
    for (int i = 0; i < query.getColumnCount(); ++i) {
        const SQLite::Column column = query.getColumn(i);
        bytes += column.isText() || column.isBlob() ? 5 + static_cast<std::size_t>(column.getBytes())
                                                    : 9;
    }
    messages_.back()["rows"].push_back(row_values(query));
    message_bytes_ += bytes;
    bytes_ += bytes;
}

} // namespace circuitloom
