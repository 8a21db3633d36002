#include "core/store/rows.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr std::size_t bytes_per_row = 128; // at most, of a record without its texts

} // namespace

Rows::Rows(LoomDatabase& database, const std::string& sql)
    : database_(database)
    , statement_(database.sqlite(), sql)
{
    for (int i = 0; i < statement_.getColumnCount(); ++i)
        names_.emplace_back(statement_.getColumnName(i));
}

bool Rows::next()
{
    database_.charge(bytes_per_row);
    return statement_.executeStep();
}

SQLite::Column Rows::value(std::string_view column) const
{
    const auto found = std::ranges::find(names_, column);
    if (found == names_.end())
        throw Error("A query lacks the column " + std::string(column) + ".");
    return statement_.getColumn(static_cast<int>(found - names_.begin()));
}

bool Rows::is_null(std::string_view column) const
{
    return value(column).isNull();
}

std::int64_t Rows::integer(std::string_view column, std::int64_t least, std::int64_t most) const
{
    const SQLite::Column found = value(column);
    if (!found.isInteger())
        refuse(column, "is no whole number");
    const std::int64_t number = found.getInt64();
    if (number < least || number > most)
        refuse(column, "is out of its range");
    return number;
}

int Rows::small(std::string_view column, int least) const
{
    return static_cast<int>(integer(column, least, std::numeric_limits<int>::max()));
}

double Rows::real(std::string_view column) const
{
    const SQLite::Column found = value(column);
    if (found.isNull())
        return std::numeric_limits<double>::quiet_NaN();
    if (!found.isFloat() && !found.isInteger())
        refuse(column, "is no number");
    return found.getDouble();
}

double Rows::real(std::string_view column, double least, double most) const
{
    const double number = real(column);
    if (!(number >= least && number <= most)) // not a number is not either
        refuse(column, "is out of its range");
    return number;
}

std::string Rows::text(std::string_view column) const
{
    const SQLite::Column found = value(column);
    if (!found.isText())
        refuse(column, "is no text");
    const char* characters = found.getText();
    const auto length = static_cast<std::size_t>(found.getBytes());
    database_.charge(length);
    return { characters, length };
}

std::span<const std::byte> Rows::blob(std::string_view column) const
{
    const SQLite::Column found = value(column);
    if (!found.isBlob())
        refuse(column, "is no BLOB");
    const auto length = static_cast<std::size_t>(found.getBytes());
    return { static_cast<const std::byte*>(found.getBlob()), length };
}

void Rows::refuse(std::string_view column, const char* expected) const
{
    throw ResourceError(database_.file().string() + " is damaged: a value of the column "
        + std::string(column) + " " + expected + ".");
}

} // namespace circuitloom
