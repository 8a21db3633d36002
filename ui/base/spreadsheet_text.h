#pragma once

#include <QString>

namespace circuitloom::ui {

/// A cell of a CSV or TSV table, before it is quoted: as `text`, but with a `'` in front where a
/// spreadsheet would take it for a formula. Names come from files, and formulas can do harm.
QString spreadsheet_text(const QString& text);

} // namespace circuitloom::ui
