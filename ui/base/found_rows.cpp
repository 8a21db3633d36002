#include "ui/base/found_rows.h"

#include "ui/base/row_height.h"
#include "ui/base/spreadsheet_text.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QTableView>

#include <algorithm>
#include <utility>
#include <vector>

namespace circuitloom::ui {

FoundRows::FoundRows(QList<int> columns, QString between, QObject* parent)
    : QSortFilterProxyModel(parent)
    , columns_(std::move(columns))
    , between_(std::move(between))
{
}

void FoundRows::search(const QString& words)
{
    words_ = words.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool FoundRows::filterAcceptsRow(int row, const QModelIndex&) const
{
    if (words_.isEmpty())
        return true;
    QStringList texts;
    for (const int column : columns_)
        texts << sourceModel()->index(row, column).data().toString();
    const QString text = texts.join(between_);
    return std::ranges::all_of(
        words_, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

QLineEdit* search_line(FoundRows& rows, QWidget* parent)
{
    auto* line = new QLineEdit(parent);
    line->setClearButtonEnabled(true);
    QObject::connect(line, &QLineEdit::textChanged, &rows, &FoundRows::search);
    return line;
}

void show_in_table(QAbstractItemModel& rows, QTableView& table)
{
    table.setModel(&rows);
    table.setSortingEnabled(true);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    keep_rows_at_text_height(table, 6);
    table.horizontalHeader()->setHighlightSections(false);
}

QString rows_as_tsv(const QTableView& table, const QList<int>& names)
{
    const QAbstractItemModel& model = *table.model();
    std::vector<int> rows;
    for (const QModelIndex& index : table.selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    if (rows.empty())
        for (int row = 0; row < model.rowCount(); ++row)
            rows.push_back(row);
    QStringList lines;
    const auto add_line = [&](auto cell) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << cell(column);
        lines << cells.join(u'\t');
    };
    add_line([&](int column) {
        return model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    });
    for (const int row : rows)
        add_line([&](int column) {
            const QString text = model.index(row, column).data().toString();
            return names.contains(column) ? spreadsheet_text(text)
                                          : QString(text).replace(u'\u2212', u'-');
        });
    return lines.join(u'\n') + u'\n';
}

} // namespace circuitloom::ui
