#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

struct CsvRecord
{
    std::vector<std::string> fields;
    std::size_t line = 0; ///< on which it begins, from 1
};

/// What separates the fields of a table whose first line this is: the comma, the tab or the
/// semicolon of which it has most outside quotes; the comma where it has none.
char csv_separator(std::string_view first_line);

/// The records of a table as RFC 4180 has it: a field in double quotes may hold separators, line
/// ends and, doubled, quotes. Lines end in `\n`, as text_file.h reads them; blank lines are skipped.
/// Throws InputError naming `origin` and the line where a quote is not closed or something follows
/// a closing one, and where there are more than 2^22 fields.
std::vector<CsvRecord> parse_csv(std::string_view text, char separator, std::string_view origin);

} // namespace circuitloom
