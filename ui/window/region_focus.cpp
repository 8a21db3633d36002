#include "ui/window/region_focus.h"

#include "ui/base/in_sight.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QMainWindow>

#include <algorithm>

namespace circuitloom::ui {

namespace {

bool takes_focus(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus)
        && !widget.focusProxy();
}

/// The first control of a region in the order of Tab; null where there is none.
QWidget* first_control(QWidget& region)
{
    // From the window's start: a dock may have been made after some of what it holds.
    QWidget* start = region.window();
    QWidget* widget = start;
    do {
        if ((widget == &region || region.isAncestorOf(widget)) && takes_focus(*widget))
            return widget;
        widget = widget->nextInFocusChain();
    } while (widget != start);
    return nullptr;
}

} // namespace

RegionFocus::RegionFocus(
    QMainWindow& window, std::vector<QWidget*> middle, QAction& next, QAction& previous)
    : QObject(&window)
    , window_(window)
    , middle_(std::move(middle))
{
    connect(&next, &QAction::triggered, this, [this] { go(1); });
    connect(&previous, &QAction::triggered, this, [this] { go(-1); });
    connect(
        qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { remember(now); });
    for (QDockWidget* dock : window_.findChildren<QDockWidget*>())
        dock->installEventFilter(this);
}

std::vector<QWidget*> RegionFocus::regions() const
{
    std::vector<QWidget*> found;
    const auto add = [&found](QWidget* region) {
        // Of docks behind each other only one is seen.
        if (in_sight(*region) && first_control(*region))
            found.push_back(region);
    };
    for (QWidget* part : middle_)
        add(part);
    for (QDockWidget* dock : window_.findChildren<QDockWidget*>())
        add(dock);
    const auto place = [](const QWidget* region) {
        const QPoint corner = region->mapToGlobal(QPoint());
        return std::pair(corner.x(), corner.y());
    };
    std::ranges::stable_sort(found, {}, place);
    return found;
}

void RegionFocus::go(int direction)
{
    const std::vector<QWidget*> all = regions();
    if (all.empty())
        return;
    const QWidget* focused = QApplication::focusWidget();
    const auto now = std::ranges::find_if(all, [focused](const QWidget* region) {
        return focused && (region == focused || region->isAncestorOf(focused));
    });
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    std::ptrdiff_t index = now == all.end() ? (direction > 0 ? -1 : count) : now - all.begin();
    index = (index + direction + count) % count;
    focus(*all[static_cast<std::size_t>(index)],
        direction > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

void RegionFocus::focus(QWidget& region, Qt::FocusReason reason)
{
    QWidget* control = last_.value(&region);
    if (!control || !takes_focus(*control))
        control = first_control(region);
    if (!control)
        return;
    control->window()->activateWindow();
    control->setFocus(reason);
}

void RegionFocus::enter(QWidget* region)
{
    focus(*region, Qt::ShortcutFocusReason);
}

bool RegionFocus::eventFilter(QObject* watched, QEvent* event)
{
    // Only what no control of the dock had a use for comes here.
    if (event->type() == QEvent::KeyPress && !middle_.empty()
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        focus(*middle_.front(), Qt::OtherFocusReason);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void RegionFocus::remember(QWidget* focused)
{
    if (!focused)
        return;
    for (QWidget* part : middle_)
        if (part == focused || part->isAncestorOf(focused))
            last_[part] = focused;
    for (QDockWidget* dock : window_.findChildren<QDockWidget*>())
        if (dock->isAncestorOf(focused))
            last_[dock] = focused;
}

} // namespace circuitloom::ui
