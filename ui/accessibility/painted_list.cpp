#include "ui/accessibility/painted_list.h"

#include <algorithm>

namespace circuitloom::ui {

PaintedList::PaintedList(QWidget& widget)
    : QAccessibleWidget(&widget, QAccessible::List)
{
}

PaintedList::~PaintedList()
{
    for (const auto& [index, id] : items_)
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface* PaintedList::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = items_.find(index);
    if (known != items_.end())
        return QAccessible::accessibleInterface(known->second);
    QAccessibleInterface* item = made_item(index);
    items_[index] = QAccessible::registerAccessibleInterface(item);
    return item;
}

int PaintedList::indexOfChild(const QAccessibleInterface* child) const
{
    const auto found = std::ranges::find_if(items_, [child](const auto& item) {
        return QAccessible::accessibleInterface(item.second) == child;
    });
    return found == items_.end() ? -1 : found->first;
}

} // namespace circuitloom::ui
