#include "ui/panels/figures_table.h"

#include <QHeaderView>
#include <QScrollBar>

namespace circuitloom::ui {

FiguresTable::FiguresTable(const QString& name, const QStringList& columns, QWidget* parent)
    : QTableWidget(0, static_cast<int>(columns.size()), parent)
{
    setObjectName(name);
    setHorizontalHeaderLabels(columns);
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
    resizeColumnsToContents();
    setFixedHeight(horizontalHeader()->sizeHint().height()
        + rowCount() * verticalHeader()->defaultSectionSize()
        + horizontalScrollBar()->sizeHint().height() + 2 * frameWidth()); // in a narrow panel
}

} // namespace circuitloom::ui
