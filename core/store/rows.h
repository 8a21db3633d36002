#pragma once

#include "core/store/database.h"

#include <SQLiteCpp/Statement.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace circuitloom {

/// The rows of a query on an untrusted file: every value is checked for its type and range, and
/// everything taken together for its size. Throws ResourceError naming the file and the column.
class Rows
{
public:
    Rows(LoomDatabase& database, const char* sql);

    template <class... Values>
    Rows& bind(const Values&... values)
    {
        int index = 0;
        (statement_.bind(++index, values), ...);
        return *this;
    }
    bool next();

    bool is_null(int column) const;
    std::int64_t integer(int column, std::int64_t least,
        std::int64_t most = std::numeric_limits<std::int64_t>::max()) const;
    /// An integer from `least` to the largest int.
    int small(int column, int least = 0) const;
    /// Not a number where the value is NULL.
    double real(int column) const;
    std::string text(int column) const;
    /// Lives until the next row.
    std::span<const std::byte> blob(int column) const;

private:
    [[noreturn]] void refuse(int column, const char* expected) const;

    LoomDatabase& database_;
    mutable SQLite::Statement statement_;
};

} // namespace circuitloom
