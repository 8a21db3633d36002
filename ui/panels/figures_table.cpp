#include "ui/panels/figures_table.h"

#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>

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
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
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
