#pragma once

#include "core/store/database.h"

#include <SQLiteCpp/Statement.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The rows of a query on an untrusted file: every value is checked for its type and range, and
/// everything taken together for its size. Columns are read by their names (see columns.h). Throws
/// ResourceError naming the file and the column.
class Rows
{
public:
    Rows(LoomDatabase& database, const std::string& sql);

    template <class... Values>
    Rows& bind(const Values&... values)
    {
        int index = 0;
        (statement_.bind(++index, values), ...);
        return *this;
    }
    bool next();

    bool is_null(std::string_view column) const;
    std::int64_t integer(std::string_view column, std::int64_t least,
        std::int64_t most = std::numeric_limits<std::int64_t>::max()) const;
    /// An integer from `least` to the largest int.
    int small(std::string_view column, int least = 0) const;
    /// Not a number where the value is NULL.
    double real(std::string_view column) const;
    /// A number from `least` to `most`.
    double real(std::string_view column, double least, double most) const;
    std::string text(std::string_view column) const;
    /// Lives until the next row.
    std::span<const std::byte> blob(std::string_view column) const;

private:
    SQLite::Column value(std::string_view column) const;
    [[noreturn]] void refuse(std::string_view column, const char* expected) const;

    LoomDatabase& database_;
    mutable SQLite::Statement statement_;
    std::vector<std::string> names_; ///< of the columns, in the query's order
};

} // namespace circuitloom
