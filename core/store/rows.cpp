#include "core/store/rows.h"

#include "core/base/error.h"

#include <sqlite3.h>

namespace circuitloom {

namespace {

constexpr std::size_t bytes_per_row = 128; // at most, of a record without its texts

} // namespace

Rows::Rows(LoomDatabase& database, const char* sql)
    : database_(database)
    , statement_(database.sqlite(), sql)
{
}

bool Rows::next()
{
    database_.charge(bytes_per_row);
    return statement_.executeStep();
}

bool Rows::is_null(int column) const
{
    return statement_.getColumn(column).isNull();
}

std::int64_t Rows::integer(int column, std::int64_t least, std::int64_t most) const
{
    const SQLite::Column value = statement_.getColumn(column);
    if (!value.isInteger())
        refuse(column, "is no whole number");
    const std::int64_t number = value.getInt64();
    if (number < least || number > most)
        refuse(column, "is out of its range");
    return number;
}

int Rows::small(int column, int least) const
{
    return static_cast<int>(integer(column, least, std::numeric_limits<int>::max()));
}

double Rows::real(int column) const
{
    const SQLite::Column value = statement_.getColumn(column);
    if (value.isNull())
        return std::numeric_limits<double>::quiet_NaN();
    if (!value.isFloat() && !value.isInteger())
        refuse(column, "is no number");
    return value.getDouble();
}

std::string Rows::text(int column) const
{
    const SQLite::Column value = statement_.getColumn(column);
    if (!value.isText())
        refuse(column, "is no text");
    const char* characters = value.getText();
    const auto length = static_cast<std::size_t>(value.getBytes());
    database_.charge(length);
    return { characters, length };
}

std::span<const std::byte> Rows::blob(int column) const
{
    const SQLite::Column value = statement_.getColumn(column);
    if (!value.isBlob())
        refuse(column, "is no BLOB");
    const auto length = static_cast<std::size_t>(value.getBytes());
    return { static_cast<const std::byte*>(value.getBlob()), length };
}

void Rows::refuse(int column, const char* expected) const
{
    throw ResourceError(database_.file().string() + " is damaged: a value of the column "
        + statement_.getColumnName(column) + " " + expected + ".");
}

} // namespace circuitloom
