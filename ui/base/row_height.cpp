#include "ui/base/row_height.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

namespace circuitloom::ui {

namespace {

class RowHeight : public QObject
{
public:
    RowHeight(QTableView& table, int more)
        : QObject(&table)
        , table_(table)
        , more_(more)
    {
        table_.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        table_.installEventFilter(this);
        set();
    }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
            set();
        return false;
    }

private:
    void set()
    {
        const int height = table_.fontMetrics().height() + more_;
        if (table_.verticalHeader()->defaultSectionSize() != height)
            table_.verticalHeader()->setDefaultSectionSize(height);
    }

    QTableView& table_;
    int more_;
};

} // namespace

void keep_rows_at_text_height(QTableView& table, int more)
{
    new RowHeight(table, more);
}

} // namespace circuitloom::ui
