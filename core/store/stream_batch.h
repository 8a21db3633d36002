#pragma once

#include "core/store/columns.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Statement;
}

namespace circuitloom {

/// The messages that together make one transaction of a mirror. Internal to core/store.
class StreamBatch
{
public:
    /// It has enough with about so many bytes; a single iteration may have more.
    explicit StreamBatch(std::size_t enough_bytes)
        : enough_bytes_(std::max<std::size_t>(enough_bytes, 1))
    {
    }

    /// Rows of a table go; see the kinds of `clear` in mirror_rows.cpp.
    void clear(const Table& table);
    void clear(const Table& table, std::int64_t key);
    /// The row that `query` stands at, whose columns are `columns`.
    void add(const Table& table, const std::vector<std::string>& columns, SQLite::Statement& query);

    bool empty() const { return messages_.empty(); }
    bool enough() const { return bytes_ >= enough_bytes_; }
    std::vector<nlohmann::json> take() { return std::move(messages_); }

private:
    std::vector<nlohmann::json> messages_;
    std::string_view table_; ///< of the rows that more can be added to; empty for none
    std::size_t enough_bytes_;
    std::size_t bytes_ = 0;
    std::size_t message_bytes_ = 0; ///< of the last one
};

/// The row that `query` stands at, as a list of values: numbers, texts, blobs and null.
nlohmann::json row_values(SQLite::Statement& query);

} // namespace circuitloom
