#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// How a table is written into a file or onto the clipboard.
enum class TableLayout
{
    csv,
    tsv,
    markdown,
    latex ///< a tabular with booktabs' rules
};

struct TextColumn
{
    std::string title;
    bool number = false; ///< aligned at the right where the layout can
};

/// A cell of CSV or TSV before it is quoted: as `text`, but with a `'` in front where a spreadsheet
/// would take it for a formula. Names come from files, and formulas can do harm.
std::string spreadsheet_cell(std::string_view text);

/// `rows` have a cell for each column; a cell may be empty. What means something in the layout is
/// written so that it shows as it is; a line break becomes a space. In CSV and TSV a cell that a
/// spreadsheet would take for a formula gets an apostrophe before it, and numbers have a plain minus.
std::string table_text(std::span<const TextColumn> columns,
    std::span<const std::vector<std::string>> rows, TableLayout layout);

} // namespace circuitloom
