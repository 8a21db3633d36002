#pragma once

#include <QWidget>

namespace circuitloom::ui {

/// Whether a part of a window is shown and not put aside: Qt lays docks that lie behind another one
/// outside of their window. (QWidget::visibleRegion() is empty too where what the part holds covers it.)
inline bool in_sight(const QWidget& part)
{
    const QWidget* window = part.window();
    return part.isVisible()
        && QRect(part.mapTo(window, QPoint()), part.size()).intersects(window->rect());
}

} // namespace circuitloom::ui
