#include "ui/dynamics/item_step.h"

#include <QKeyEvent>

#include <algorithm>

namespace circuitloom::ui {

std::optional<ItemStep> item_step(const QKeyEvent& event, int current, int count)
{
    if (count <= 0)
        return std::nullopt;
    switch (event.key()) {
    case Qt::Key_Up:
        return ItemStep{ std::clamp(current - 1, 0, count - 1), false };
    case Qt::Key_Down:
        return ItemStep{ std::clamp(current + 1, 0, count - 1), false };
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current >= 0 && current < count)
            return ItemStep{ current, true };
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace circuitloom::ui
