#include "ui/panels/figures_table.h"

#include "core/formats/table_text.h"
#include "ui/base/row_height.h"
#include "ui/base/tip_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <string>

namespace circuitloom::ui {

FiguresTable::FiguresTable(const QString& name, const QStringList& columns, QWidget* parent)
    : QTableWidget(0, static_cast<int>(columns.size()), parent)
{
    setObjectName(name);
    setHorizontalHeaderLabels(columns);
    for (int column = 1; column < columnCount(); ++column)
        horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->hide();
    keep_rows_at_text_height(*this, 6);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* copy = new QAction(tr("Copy rows"), this);
    connect(copy, &QAction::triggered, this, &FiguresTable::copy);
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

void FiguresTable::set_rows(const std::vector<QStringList>& rows)
{
    setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const QStringList& texts = rows[static_cast<std::size_t>(row)];
        for (int column = 0; column < columnCount() && column < texts.size(); ++column) {
            auto* cell = new QTableWidgetItem(texts[column]);
            if (column == 0)
                cell->setToolTip(tip_text(texts[column])); // it may be cut
            cell->setTextAlignment(
                (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            setItem(row, column, cell);
        }
    }
    fit();
}

QString FiguresTable::copied_text() const
{
    std::vector<TextColumn> columns;
    for (int column = 0; column < columnCount(); ++column)
        columns.push_back({ horizontalHeaderItem(column)->text().toStdString(), column > 0 });
    std::vector<std::vector<std::string>> rows;
    const bool all = !selectionModel()->hasSelection();
    for (int row = 0; row < rowCount(); ++row) {
        if (!all && !selectionModel()->isRowSelected(row))
            continue;
        std::vector<std::string>& cells = rows.emplace_back();
        for (int column = 0; column < columnCount(); ++column) {
            const QTableWidgetItem* cell = item(row, column);
            cells.push_back(cell ? cell->text().toStdString() : std::string());
        }
    }
    return QString::fromStdString(table_text(columns, rows, TableLayout::tsv));
}

void FiguresTable::copy() const
{
    QGuiApplication::clipboard()->setText(copied_text());
}

void FiguresTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QTableWidget::keyPressEvent(event);
}

void FiguresTable::fit()
{
    fit_columns();
    for (int row = 0; row < rowCount(); ++row) { // a cell may have several lines
        qsizetype lines = 1;
        for (int column = 0; column < columnCount(); ++column)
            if (const QTableWidgetItem* cell = item(row, column))
                lines = std::max(lines, cell->text().count(QLatin1Char('\n')) + 1);
        setRowHeight(row, static_cast<int>(lines) * fontMetrics().lineSpacing() + 6);
    }
    setFixedHeight(horizontalHeader()->sizeHint().height() + verticalHeader()->length()
        + horizontalScrollBar()->sizeHint().height() + 2 * frameWidth()); // in a narrow panel
}

void FiguresTable::resizeEvent(QResizeEvent* event)
{
    QTableWidget::resizeEvent(event);
    fit_columns();
}

void FiguresTable::fit_columns()
{
    resizeColumnsToContents();
    int others = 0;
    for (int column = 1; column < columnCount(); ++column)
        others += columnWidth(column);
    const int least = viewport()->width() * 2 / 5;
    setColumnWidth(0, std::min(columnWidth(0), std::max(least, viewport()->width() - others)));
}

} // namespace circuitloom::ui
