#pragma once

class QTableView;

namespace circuitloom::ui {

/// Makes every row as high as a line of the table's font and `more` pixels, now and whenever the
/// font changes. All rows have one height, so that the view need not ask thousands of them.
void keep_rows_at_text_height(QTableView& table, int more);

} // namespace circuitloom::ui
