#include "ui/base/flow_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <limits>
#include <utility>

namespace circuitloom::ui {

namespace {

bool takes_the_rest(QLayoutItem& item)
{
    const QWidget* widget = item.widget();
    return item.expandingDirections().testFlag(Qt::Horizontal)
        || (widget && widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored);
}

int wanted_width(QLayoutItem& item)
{
    return takes_the_rest(item) ? item.minimumSize().width() : item.sizeHint().width();
}

} // namespace

FlowLayout::FlowLayout(QWidget* parent)
    : QLayout(parent)
{
}

void FlowLayout::addItem(QLayoutItem* item)
{
    items_.emplace_back(item);
}

int FlowLayout::count() const
{
    return static_cast<int>(items_.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* item = items_[static_cast<std::size_t>(index)].release();
    items_.erase(items_.begin() + index);
    return item;
}

std::vector<FlowLayout::Row> FlowLayout::rows_for(int width) const
{
    std::vector<Row> rows;
    for (const auto& item : items_) {
        if (item->isEmpty()) // hidden
            continue;
        const int wanted = wanted_width(*item);
        if (rows.empty() || rows.back().width + spacing() + wanted > width)
            rows.emplace_back();
        Row& row = rows.back();
        row.width += (row.items.empty() ? 0 : spacing()) + wanted;
        row.height = std::max(row.height, item->sizeHint().height());
        row.items.push_back(item.get());
    }
    return rows;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    int height = margins.top() + margins.bottom();
    const auto rows = rows_for(width - margins.left() - margins.right());
    for (const Row& row : rows)
        height += row.height + (&row == &rows.front() ? 0 : spacing());
    return height;
}

QSize FlowLayout::sizeHint() const
{
    const QMargins margins = contentsMargins();
    const auto rows = rows_for(std::numeric_limits<int>::max() / 2);
    const int width = rows.empty() ? 0 : rows.front().width;
    const int whole = width + margins.left() + margins.right();
    return { whole, heightForWidth(whole) };
}

QSize FlowLayout::minimumSize() const
{
    const QMargins margins = contentsMargins();
    QSize least;
    for (const auto& item : items_)
        if (!item->isEmpty())
            least = least.expandedTo({ wanted_width(*item), item->sizeHint().height() });
    return least.grownBy(margins);
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    const QRect room = rect.marginsRemoved(contentsMargins());
    const Qt::LayoutDirection direction
        = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int y = room.top();
    for (const Row& row : rows_for(room.width())) {
        int rest = std::max(room.width() - row.width, 0);
        int x = room.left();
        for (QLayoutItem* item : row.items) {
            const QSize hint = item->sizeHint();
            int width = std::min(wanted_width(*item), room.width());
            if (takes_the_rest(*item))
                width += std::exchange(rest, 0);
            const int height = std::min(hint.height(), row.height);
            const QRect place(x, y + (row.height - height) / 2, width, height);
            item->setGeometry(QStyle::visualRect(direction, room, place));
            x += width + spacing();
        }
        y += row.height + spacing();
    }
}

} // namespace circuitloom::ui
