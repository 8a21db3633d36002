#include "ui/base/found_rows.h"

#include "ui/base/spreadsheet_text.h"

#include <QItemSelectionModel>
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
