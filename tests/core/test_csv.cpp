#include "core/base/error.h"
#include "core/formats/csv.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace circuitloom;

namespace {

using Fields = std::vector<std::string>;

std::vector<Fields> fields_of(const std::string& text, char separator = ',')
{
    std::vector<Fields> fields;
    for (CsvRecord& record : parse_csv(text, separator, "t.csv"))
        fields.push_back(std::move(record.fields));
    return fields;
}

std::string refusal(const std::string& text)
{
    try {
        parse_csv(text, ',', "t.csv");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("separators, quotes and line ends stand in quoted fields")
{
    CHECK(fields_of("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",")
        == std::vector<Fields>{ { "a", "b" }, { "x, y", "say \"hi\"" }, { "two\nlines", "" } });
    CHECK(fields_of(",,\n") == std::vector<Fields>{ { "", "", "" } });
    CHECK(fields_of("a \"quote\" within\n") == std::vector<Fields>{ { "a \"quote\" within" } });
    CHECK(fields_of("\"\",x") == std::vector<Fields>{ { "", "x" } });
    CHECK(fields_of("").empty());
    CHECK(fields_of("\n\n").empty());
    CHECK(fields_of("a\tb, c\n", '\t') == std::vector<Fields>{ { "a", "b, c" } });
}

TEST_CASE("a record knows the line on which it begins")
{
    const auto records = parse_csv("a,b\n\n\"1\n2\n3\",x\ny,z", ',', "t.csv");
    REQUIRE(records.size() == 3);
    CHECK(records[0].line == 1);
    CHECK(records[1].line == 3);
    CHECK(records[2].line == 6);
}

TEST_CASE("the separator is the one that the first line has most of outside quotes")
{
    CHECK(csv_separator("clean,corrupted,correct_idx") == ',');
    CHECK(csv_separator("clean\tcorrupted\t\"a,b,c,d\"") == '\t');
    CHECK(csv_separator("clean;corrupted") == ';');
    CHECK(csv_separator("clean") == ',');
}

TEST_CASE("quotes that do not end are refused with the line where they begin")
{
    CHECK(refusal("a,b\nx,\"never\nclosed") == "t.csv:2: a field begins with a quote that is never "
                                               "closed.");
    CHECK(refusal("a,b\n\"x\" y,z").starts_with("t.csv:2: something follows the quote"));
}
