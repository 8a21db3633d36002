#include "ui/compare/frozen_column.h"

#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>

namespace circuitloom::ui {

FrozenColumn::FrozenColumn(QTableView& table)
    : QTableView(&table)
    , table_(table)
{
    setObjectName(QStringLiteral("frozenColumn"));
    setModel(table.model());
    setSelectionModel(table.selectionModel());
    setSelectionBehavior(table.selectionBehavior());
    setEditTriggers(NoEditTriggers);
    setShowGrid(table.showGrid());
    setIconSize(table.iconSize());
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(table.verticalScrollMode());
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(),
        &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, table.verticalScrollBar(),
        &QScrollBar::setValue);
    connect(table.horizontalScrollBar(), &QScrollBar::valueChanged, this, &FrozenColumn::follow);
    connect(table.horizontalHeader(), &QHeaderView::sectionResized, this, &FrozenColumn::follow);
    connect(table.horizontalHeader(), &QHeaderView::geometriesChanged, this, &FrozenColumn::follow);
    connect(table.verticalHeader(), &QHeaderView::sectionResized, this, &FrozenColumn::follow);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        const QHeaderView* sorts = table_.horizontalHeader();
        const bool falls = sorts->sortIndicatorSection() == column
            && sorts->sortIndicatorOrder() == Qt::AscendingOrder;
        table_.sortByColumn(column, falls ? Qt::DescendingOrder : Qt::AscendingOrder);
    });
    connect(this, &QAbstractItemView::activated, &table_, &QAbstractItemView::activated);
    table.viewport()->installEventFilter(this);
    follow();
}

void FrozenColumn::follow()
{
    const QHeaderView* columns = table_.horizontalHeader();
    for (int column = 0; model() && column < model()->columnCount(); ++column)
        setColumnHidden(column, column != 0);
    setColumnWidth(0, columns->sectionSize(0));
    horizontalHeader()->setFixedHeight(columns->height());
    for (int row = 0; model() && row < model()->rowCount(); ++row)
        if (rowHeight(row) != table_.rowHeight(row))
            setRowHeight(row, table_.rowHeight(row));
    // Where the first column is before the table is scrolled: at the right, where texts run to the
    // left.
    const QRect cells = table_.viewport()->geometry();
    const int width = columns->sectionSize(0);
    const int left = table_.isRightToLeft() ? cells.right() + 1 - width : cells.left();
    setGeometry(left, table_.frameWidth(), width, columns->height() + cells.height());
    verticalScrollBar()->setValue(table_.verticalScrollBar()->value());
    setVisible(table_.horizontalScrollBar()->value() > 0);
    raise();
}

bool FrozenColumn::eventFilter(QObject* watched, QEvent* event)
{
    // While the table goes, its parts still send events; none of them is this one.
    if (event->type() == QEvent::Resize && watched == table_.viewport())
        follow();
    return QTableView::eventFilter(watched, event);
}

} // namespace circuitloom::ui
