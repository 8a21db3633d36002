#pragma once

#include "core/exchange/text_sink.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace circuitloom {

/// The values of one column, a row each: a column has one kind of them in the whole file.
using ParquetValues
    = std::variant<std::vector<std::int32_t>, std::vector<float>, std::vector<std::string>>;

struct ParquetColumn
{
    std::string name;
    ParquetValues values;
};

/// Writes a table in Apache Parquet's format, one piece of its rows after another (a row group each):
/// no value is missing, each column is plain and compressed with gzip, texts are UTF-8. Nothing but
/// the places of the pieces is kept.
class ParquetFile
{
public:
    /// `columns` have the names and kinds of the table; their values do not count.
    ParquetFile(std::vector<ParquetColumn> columns, TextSink sink);

    /// As many values in every column, which are those of the table in their order. Throws
    /// ResourceError where a column of a piece is larger than 2 GiB.
    void add_rows(const std::vector<ParquetColumn>& columns);
    /// The end of the file, without which no program reads it.
    void finish();

private:
    struct Chunk
    {
        std::int64_t at = 0; ///< bytes from the file's beginning
        std::int64_t plain = 0; ///< bytes, the page's header among them
        std::int64_t packed = 0; ///< as above, as it is stored
    };
    struct RowGroup
    {
        std::int64_t rows = 0;
        std::vector<Chunk> chunks; ///< one of each column
    };

    void write(std::string_view bytes);

    std::vector<ParquetColumn> columns_;
    TextSink sink_;
    std::int64_t written_ = 0;
    std::vector<RowGroup> groups_;
};

} // namespace circuitloom
