#include "ui/window/dock_sizes.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>

namespace circuitloom::ui {

DockSizes::DockSizes(QMainWindow& window)
    : QObject(&window)
    , window_(window)
{
    window_.installEventFilter(this);
    window_.setAnimated(false); // sizes on the way are nobody's choice
}

void DockSizes::add(QDockWidget* dock)
{
    docks_ << dock;
}

void DockSizes::set_size(QDockWidget* dock, int size)
{
    wanted_[dock] = size;
    window_.resizeDocks({ dock }, { size }, direction_of(dock));
}

Qt::Orientation DockSizes::direction_of(QDockWidget* dock) const
{
    const Qt::DockWidgetArea area = window_.dockWidgetArea(dock);
    return area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea ? Qt::Horizontal
                                                                             : Qt::Vertical;
}

int DockSizes::size_of(QDockWidget* dock) const
{
    return direction_of(dock) == Qt::Horizontal ? dock->width() : dock->height();
}

bool DockSizes::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show)
        QTimer::singleShot(0, this, &DockSizes::give_back);
    // The window itself gets no other clicks than those on the lines between its parts.
    else if (event->type() == QEvent::MouseButtonRelease)
        take();
    return QObject::eventFilter(watched, event);
}

void DockSizes::take()
{
    for (QDockWidget* dock : docks_)
        if (dock->isVisible() && !dock->isFloating())
            wanted_[dock] = size_of(dock);
}

void DockSizes::give_back()
{
    if (!window_.isVisible())
        return;
    for (auto wanted = wanted_.cbegin(); wanted != wanted_.cend(); ++wanted)
        if (wanted.key()->isVisible() && !wanted.key()->isFloating())
            window_.resizeDocks({ wanted.key() }, { wanted.value() }, direction_of(wanted.key()));
    for (QDockWidget* dock : docks_) // of a dock that was never given one, what it has
        if (dock->isVisible() && !dock->isFloating() && !wanted_.contains(dock))
            wanted_[dock] = size_of(dock);
    window_.update(); // where a separator was, what lies there is see-through
}

} // namespace circuitloom::ui
