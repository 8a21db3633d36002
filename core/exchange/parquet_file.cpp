#include "core/exchange/parquet_file.h"

#include "core/base/error.h"
#include "core/exchange/thrift_struct.h"
#include "core/exchange/wire_bytes.h"

#include <zlib.h>

#include <bit>
#include <limits>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::string_view magic = "PAR1";

// Numbers of the format's enumerations.
constexpr std::int32_t type_int32 = 1;
constexpr std::int32_t type_float = 4;
constexpr std::int32_t type_byte_array = 6;
constexpr std::int32_t repetition_required = 0;
constexpr std::int32_t converted_utf8 = 0;
constexpr std::int32_t codec_gzip = 2;
constexpr std::int32_t encoding_plain = 0;
constexpr std::int32_t encoding_rle = 3; // of the levels, of which a column without gaps has none
constexpr std::int32_t page_of_data = 0;
constexpr std::int32_t format_version = 1;

std::int32_t type_of(const ParquetValues& values)
{
    return std::holds_alternative<std::vector<std::int32_t>>(values) ? type_int32
        : std::holds_alternative<std::vector<float>>(values)         ? type_float
                                                                     : type_byte_array;
}

std::string plain(std::int32_t value)
{
    return little_endian(static_cast<std::uint32_t>(value));
}

std::string plain(float value)
{
    return little_endian(std::bit_cast<std::uint32_t>(value));
}

std::string plain(const std::string& value)
{
    return little_endian(static_cast<std::uint32_t>(value.size())) + value;
}

std::string plain(const ParquetValues& values)
{
    return std::visit(
        [](const auto& column) {
            std::string bytes;
            for (const auto& value : column)
                bytes += plain(value);
            return bytes;
        },
        values);
}

std::size_t size_of(const ParquetValues& values)
{
    return std::visit([](const auto& column) { return column.size(); }, values);
}

std::string packed(std::string bytes)
{
    constexpr int largest_window = 15;
    constexpr int as_gzip = 16;
    constexpr int memory_level = 8; // zlib's own choice
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, largest_window + as_gzip,
            memory_level, Z_DEFAULT_STRATEGY)
        != Z_OK)
        throw ResourceError("Parquet: there is no memory to compress a column.");
    std::string result(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    deflate(&stream, Z_FINISH); // there is room for all of it
    result.resize(stream.total_out);
    deflateEnd(&stream);
    return result;
}

ThriftStruct schema_of(const ParquetColumn& column)
{
    ThriftStruct schema;
    const std::int32_t type = type_of(column.values);
    schema.integer(1, type).integer(3, repetition_required).text(4, column.name);
    if (type == type_byte_array)
        schema.integer(6, converted_utf8);
    return schema;
}

} // namespace

ParquetFile::ParquetFile(std::vector<ParquetColumn> columns, TextSink sink)
    : columns_(std::move(columns))
    , sink_(std::move(sink))
{
    write(magic);
}

void ParquetFile::write(std::string_view bytes)
{
    sink_(bytes);
    written_ += static_cast<std::int64_t>(bytes.size());
}

void ParquetFile::add_rows(const std::vector<ParquetColumn>& columns)
{
    RowGroup group{ static_cast<std::int64_t>(size_of(columns.front().values)), {} };
    if (group.rows == 0)
        return;
    for (const ParquetColumn& column : columns) {
        const std::string values = plain(column.values);
        if (values.size() > std::numeric_limits<std::int32_t>::max())
            throw ResourceError("Parquet: a piece of the column " + column.name
                + " is larger than the 2 GiB of a page.");
        const std::string stored = packed(values);
        ThriftStruct of_data;
        of_data.integer(1, static_cast<std::int32_t>(group.rows))
            .integer(2, encoding_plain)
            .integer(3, encoding_rle)
            .integer(4, encoding_rle);
        const std::string header = ThriftStruct()
                                       .integer(1, page_of_data)
                                       .integer(2, static_cast<std::int32_t>(values.size()))
                                       .integer(3, static_cast<std::int32_t>(stored.size()))
                                       .structure(5, of_data)
                                       .bytes();
        group.chunks.push_back({ written_, static_cast<std::int64_t>(header.size() + values.size()),
            static_cast<std::int64_t>(header.size() + stored.size()) });
        write(header);
        write(stored);
    }
    groups_.push_back(std::move(group));
}

void ParquetFile::finish()
{
    std::vector<ThriftStruct> schema{ ThriftStruct().text(4, "table").integer(
        5, static_cast<std::int32_t>(columns_.size())) };
    for (const ParquetColumn& column : columns_)
        schema.push_back(schema_of(column));
    std::int64_t rows = 0;
    std::vector<ThriftStruct> groups;
    for (const RowGroup& group : groups_) {
        std::vector<ThriftStruct> chunks;
        std::int64_t bytes = 0;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Chunk& chunk = group.chunks[i];
            ThriftStruct about;
            about.integer(1, type_of(columns_[i].values))
                .integers(2, { encoding_plain, encoding_rle })
                .texts(3, { columns_[i].name })
                .integer(4, codec_gzip)
                .long_integer(5, group.rows)
                .long_integer(6, chunk.plain)
                .long_integer(7, chunk.packed)
                .long_integer(9, chunk.at);
            chunks.push_back(ThriftStruct().long_integer(2, chunk.at).structure(3, about));
            bytes += chunk.plain;
        }
        groups.push_back(
            ThriftStruct().structures(1, chunks).long_integer(2, bytes).long_integer(3, group.rows));
        rows += group.rows;
    }
    const std::string footer = ThriftStruct()
                                   .integer(1, format_version)
                                   .structures(2, schema)
                                   .long_integer(3, rows)
                                   .structures(4, groups)
                                   .text(6, "Circuitloom")
                                   .bytes();
    write(footer);
    write(little_endian(static_cast<std::uint32_t>(footer.size())));
    write(magic);
}

} // namespace circuitloom
