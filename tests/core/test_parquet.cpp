// The table of a run in Parquet's format, taken apart by the format's own description. Beside this
// test such a file was read once by pandas and pyarrow.
#include "core/base/error.h"
#include "core/exchange/parquet_file.h"
#include "core/exchange/run_table.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <bit>
#include <map>
#include <memory>

using namespace circuitloom;

namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at)
{
    REQUIRE(at + 4 <= bytes.size());
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

std::uint64_t varint_at(std::string_view bytes, std::size_t& at)
{
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.at(at++));
        number |= std::uint64_t{ byte & 0x7FU } << shift;
        if (byte < 0x80)
            return number;
    }
}

std::int64_t zigzag_at(std::string_view bytes, std::size_t& at)
{
    const std::uint64_t number = varint_at(bytes, at);
    return number % 2 == 0 ? static_cast<std::int64_t>(number / 2)
                           : -static_cast<std::int64_t>(number / 2) - 1;
}

/// A value of Thrift's compact protocol: a number, a text, or what is in a list or a struct.
struct Value
{
    std::int64_t number = 0;
    std::string_view text;
    std::vector<Value> elements;
    std::map<int, Value> fields;

    const Value& operator[](int field) const { return fields.at(field); }
};

Value value_at(std::string_view bytes, std::size_t& at, int type)
{
    Value value;
    if (type == 5 || type == 6) {
        value.number = zigzag_at(bytes, at);
    } else if (type == 8) {
        const auto size = static_cast<std::size_t>(varint_at(bytes, at));
        value.text = bytes.substr(at, size);
        at += size;
    } else if (type == 9) {
        const auto header = static_cast<unsigned char>(bytes.at(at++));
        std::uint64_t size = header >> 4;
        if (size == 15)
            size = varint_at(bytes, at);
        for (std::uint64_t i = 0; i < size; ++i)
            value.elements.push_back(value_at(bytes, at, header & 15));
    } else {
        REQUIRE(type == 12);
        for (int field = 0;;) {
            const auto header = static_cast<unsigned char>(bytes.at(at++));
            if (header == 0)
                break;
            const int step = header >> 4;
            field = step > 0 ? field + step : static_cast<int>(zigzag_at(bytes, at));
            value.fields.emplace(field, value_at(bytes, at, header & 15));
        }
    }
    return value;
}

std::string unpacked(std::string_view bytes, std::size_t size)
{
    std::string result(size, '\0');
    std::string input(bytes);
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    REQUIRE(stream.total_out == size);
    REQUIRE(stream.avail_in == 0);
    inflateEnd(&stream);
    return result;
}

struct Table
{
    std::vector<std::string> names;
    std::map<std::string, std::vector<std::string>> columns; ///< values as text
    std::size_t pieces = 0;
    std::int64_t rows = 0;
};

std::vector<std::string> values_of(const std::string& plain, std::int64_t type)
{
    std::vector<std::string> values;
    for (std::size_t at = 0; at < plain.size(); at += 4) {
        const std::uint32_t number = number_at(plain, at);
        if (type == 1)
            values.push_back(std::to_string(std::bit_cast<std::int32_t>(number)));
        else if (type == 4)
            values.push_back(std::to_string(std::bit_cast<float>(number)));
        else {
            values.push_back(plain.substr(at + 4, number));
            at += number;
        }
    }
    return values;
}

Table table_of(const std::string& file)
{
    REQUIRE(file.size() > 12);
    REQUIRE(file.starts_with("PAR1"));
    REQUIRE(file.ends_with("PAR1"));
    const std::size_t length = number_at(file, file.size() - 8);
    std::size_t at = file.size() - 8 - length;
    const Value footer = value_at(file, at, 12);
    REQUIRE(at == file.size() - 8);
    Table table;
    table.rows = footer[3].number;
    const std::vector<Value>& schema = footer[2].elements;
    REQUIRE(schema.front()[5].number == static_cast<std::int64_t>(schema.size()) - 1);
    for (std::size_t i = 1; i < schema.size(); ++i) {
        CHECK(schema[i][3].number == 0); // required
        table.names.emplace_back(schema[i][4].text);
    }
    std::int64_t rows = 0;
    for (const Value& group : footer[4].elements) {
        ++table.pieces;
        rows += group[3].number;
        std::int64_t bytes = 0;
        REQUIRE(group[1].elements.size() == table.names.size());
        for (std::size_t i = 0; i < table.names.size(); ++i) {
            const Value& about = group[1].elements[i][3];
            const std::string& name = table.names[i];
            REQUIRE(about[3].elements.front().text == name);
            REQUIRE(about[4].number == 2); // gzip
            REQUIRE(about[1].number == schema[i + 1][1].number);
            auto begin = static_cast<std::size_t>(about[9].number);
            std::size_t end = begin;
            const Value page = value_at(file, end, 12);
            const auto header = static_cast<std::int64_t>(end - begin);
            CHECK(page[1].number == 0);
            CHECK(page[5][1].number == group[3].number);
            CHECK(about[5].number == group[3].number);
            CHECK(about[6].number == header + page[2].number);
            CHECK(about[7].number == header + page[3].number);
            bytes += about[6].number;
            const std::string plain
                = unpacked(std::string_view(file).substr(end, static_cast<std::size_t>(page[3].number)),
                    static_cast<std::size_t>(page[2].number));
            const auto values = values_of(plain, about[1].number);
            REQUIRE(static_cast<std::int64_t>(values.size()) == group[3].number);
            auto& column = table.columns[name];
            column.insert(column.end(), values.begin(), values.end());
        }
        CHECK(group[2].number == bytes);
    }
    CHECK(rows == table.rows);
    return table;
}

} // namespace

TEST_CASE("a run's Parquet table has every edge of every circuit")
{
    constexpr int iterations = 150; // more than are read at a time
    const samples::TemporaryFolder folder;
    {
        RunWriter writer(folder / "a.loom", samples::description());
        for (int i = 0; i < iterations; ++i) {
            IterationRecord record = samples::iteration(i);
            record.step = 2 * i;
            writer.add_iteration(record, samples::circuit(i));
        }
        writer.set_state(RunState::finished);
    }
    const ExperimentReader reader(folder / "a.loom");
    std::string bytes;
    std::vector<std::int64_t> told;
    write_run_parquet(
        reader, reader.runs().front(), [&](std::string_view piece) { bytes += piece; },
        [&](std::int64_t rows) { told.push_back(rows); });
    const Table table = table_of(bytes);
    REQUIRE(told.size() == 3); // piece by piece, until all are there
    CHECK(told[0] > 0);
    CHECK(told[0] < told[1]);
    CHECK(told[2] == table.rows);
    std::int64_t handed_over = 0;
    const auto stop = [&](std::int64_t rows) {
        handed_over = rows;
        throw Cancelled("enough");
    };
    CHECK_THROWS_AS(
        write_run_parquet(reader, reader.runs().front(), [](std::string_view) {}, stop), Cancelled);
    CHECK(handed_over == told[0]);
    CHECK(table.names
        == std::vector<std::string>{ "iteration", "step", "rank", "source", "target", "score" });
    CHECK(table.pieces == 3);
    std::size_t row = 0;
    for (int i = 0; i < iterations; ++i) {
        int rank = 0;
        for (const ScoredEdge& scored : samples::circuit(i)) {
            REQUIRE(row < static_cast<std::size_t>(table.rows));
            CHECK(table.columns.at("iteration")[row] == std::to_string(i));
            CHECK(table.columns.at("step")[row] == std::to_string(2 * i));
            CHECK(table.columns.at("rank")[row] == std::to_string(++rank));
            CHECK(table.columns.at("source")[row] + "->" + table.columns.at("target")[row]
                == samples::graph().edge_name(scored.edge));
            CHECK(table.columns.at("score")[row] == std::to_string(scored.score));
            ++row;
        }
    }
    CHECK(row == static_cast<std::size_t>(table.rows));
}

TEST_CASE("a Parquet table without rows, and one with more columns than a short header counts")
{
    std::string empty;
    ParquetFile nothing({ { "n", std::vector<std::int32_t>{} } },
        [&](std::string_view piece) { empty += piece; });
    nothing.add_rows({ { "n", std::vector<std::int32_t>{} } });
    nothing.finish();
    CHECK(table_of(empty).rows == 0);
    CHECK(table_of(empty).pieces == 0);

    std::vector<ParquetColumn> columns;
    for (int i = 0; i < 20; ++i)
        columns.push_back({ "c" + std::to_string(i), std::vector<std::int32_t>{ -i, i, 1 << 30 } });
    columns.push_back({ "text", std::vector<std::string>{ "", "ä, \"b\"", "x\ny" } });
    std::string wide;
    ParquetFile file(columns, [&](std::string_view piece) { wide += piece; });
    file.add_rows(columns);
    file.finish();
    const Table table = table_of(wide);
    CHECK(table.names.size() == 21);
    CHECK(table.columns.at("c19") == std::vector<std::string>{ "-19", "19", "1073741824" });
    CHECK(table.columns.at("text") == std::vector<std::string>{ "", "ä, \"b\"", "x\ny" });
}
