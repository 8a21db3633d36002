#include "ui/window/dock_sizes.h"

#include "ui/base/in_sight.h"
#include "ui/theme/text_scale.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

/// Pixels that the circuit keeps beside the docks, where there are, at the usual size of texts.
constexpr int useful_middle = 480;
constexpr int with_wide = 0x100; ///< beside an area's bits: its size while a wide dock is in sight
constexpr std::array areas{ Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::TopDockWidgetArea,
    Qt::BottomDockWidgetArea };

QString names_of(const QList<QDockWidget*>& docks)
{
    QStringList names;
    for (const QDockWidget* dock : docks)
        names << dock->objectName();
    return names.join(u' ');
}

} // namespace

DockSizes::DockSizes(QMainWindow& window)
    : QObject(&window)
    , window_(window)
{
    window_.installEventFilter(this);
    window_.setAnimated(false); // sizes on the way are nobody's choice
    follow_text_scale(window_, [this] { give_back(); });
}

void DockSizes::add(QDockWidget* dock)
{
    docks_ << dock;
    connect(dock, &QDockWidget::visibilityChanged, this, [this] {
        QTimer::singleShot(0, this, [this] {
            give_back();
            share_as_before();
        });
    });
}

void DockSizes::add_as_wide_as_middle(QDockWidget* dock)
{
    wide_ << dock;
}

void DockSizes::set_size(QDockWidget* dock, int size)
{
    const int place = window_.dockWidgetArea(dock);
    wanted_[place] = size * noted_pixel(place);
    window_.resizeDocks({ dock }, { size }, direction_of(dock));
}

QVariantMap DockSizes::sizes() const
{
    QVariantMap sizes;
    for (auto wanted = wanted_.cbegin(); wanted != wanted_.cend(); ++wanted)
        sizes.insert(QString::number(wanted.key()), wanted.value());
    return sizes;
}

void DockSizes::set_sizes(const QVariantMap& sizes)
{
    for (const Qt::DockWidgetArea area : areas)
        for (const int place : { int{ area }, int{ area } | with_wide })
            if (const double size = sizes.value(QString::number(place)).toDouble(); size > 0)
                wanted_[place] = size;
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
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        shares_.clear(); // there is more or less to share
        QTimer::singleShot(0, this, [this] {
            give_back();
            note_shares();
        });
    }
    // The window itself gets no other clicks than those on the lines between its parts.
    else if (event->type() == QEvent::MouseButtonPress)
        hold_middle(true);
    else if (event->type() == QEvent::MouseButtonRelease) {
        take();
        hold_middle(false);
    }
    return QObject::eventFilter(watched, event);
}

int DockSizes::least_middle() const
{
    return std::min(scaled(useful_middle), window_.width() * 2 / 5);
}

void DockSizes::hold_middle(bool held)
{
    if (QWidget* middle = window_.centralWidget())
        middle->setMinimumWidth(held ? std::min(middle->width(), least_middle()) : 0);
}

QHash<Qt::DockWidgetArea, int> DockSizes::seen() const
{
    QHash<Qt::DockWidgetArea, int> sizes;
    for (QDockWidget* dock : docks_)
        if (dock->isVisible() && !dock->isFloating()) {
            int& size = sizes[window_.dockWidgetArea(dock)];
            size = std::max(size, size_of(dock));
        }
    return sizes;
}

void DockSizes::take()
{
    const QHash<Qt::DockWidgetArea, int> now = seen();
    for (auto size = now.cbegin(); size != now.cend(); ++size)
        wanted_[noted_under(size.key())] = size.value() * noted_pixel(size.key());
    note_shares();
}

double DockSizes::noted_pixel(int place)
{
    const int sides = Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea;
    return place & sides ? 1 / text_scale() : 1;
}

int DockSizes::noted_under(Qt::DockWidgetArea area) const
{
    if (area != Qt::LeftDockWidgetArea && area != Qt::RightDockWidgetArea)
        return area;
    const QList<QDockWidget*> docks = seen_in(area);
    const bool wide
        = std::ranges::any_of(docks, [this](QDockWidget* dock) { return wide_.contains(dock); });
    return wide ? int{ area } | with_wide : int{ area };
}

std::optional<int> DockSizes::wanted_in(Qt::DockWidgetArea area) const
{
    const int place = noted_under(area);
    if (const auto wanted = wanted_.constFind(place); wanted != wanted_.cend())
        return qRound(*wanted / noted_pixel(place));
    const QWidget* middle = window_.centralWidget();
    if (place == area || !middle)
        return std::nullopt;
    return (middle->width() + seen().value(area)) / 2;
}

QList<QDockWidget*> DockSizes::seen_in(Qt::DockWidgetArea area) const
{
    QList<QDockWidget*> seen;
    for (QDockWidget* dock : docks_)
        if (in_sight(*dock) && !dock->isFloating() && window_.dockWidgetArea(dock) == area)
            seen << dock;
    std::ranges::sort(seen, {}, [](const QDockWidget* dock) { return dock->x() + dock->y(); });
    return seen;
}

QList<int> DockSizes::lengths_of(const QList<QDockWidget*>& docks) const
{
    QList<int> lengths;
    for (QDockWidget* dock : docks)
        lengths << (direction_of(dock) == Qt::Horizontal ? dock->height() : dock->width());
    return lengths;
}

void DockSizes::note_shares()
{
    for (const Qt::DockWidgetArea area : areas) {
        const QList<QDockWidget*> docks = seen_in(area);
        if (docks.size() > 1)
            shares_.insert(names_of(docks), lengths_of(docks));
    }
}

void DockSizes::share_as_before()
{
    if (!window_.isVisible())
        return;
    for (const Qt::DockWidgetArea area : areas) {
        const QList<QDockWidget*> docks = seen_in(area);
        const auto before = shares_.constFind(names_of(docks));
        if (before != shares_.cend())
            window_.resizeDocks(docks, *before,
                direction_of(docks.front()) == Qt::Horizontal ? Qt::Vertical : Qt::Horizontal);
        else if (docks.size() > 1)
            shares_.insert(names_of(docks), lengths_of(docks));
    }
}

void DockSizes::give_back()
{
    if (!window_.isVisible())
        return;
    // What was chosen in a wider window may be more than this one has beside its middle.
    const int sides = window_.width() - least_middle();
    const QHash<Qt::DockWidgetArea, int> before = seen();
    int asked = 0;
    for (const Qt::DockWidgetArea area : { Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea })
        asked += before.contains(area) ? wanted_in(area).value_or(0) : 0;
    QHash<Qt::DockWidgetArea, bool> given;
    for (QDockWidget* dock : docks_) {
        const Qt::DockWidgetArea area = window_.dockWidgetArea(dock);
        if (!dock->isVisible() || dock->isFloating() || given.value(area))
            continue;
        const std::optional<int> wanted = wanted_in(area);
        if (!wanted)
            continue;
        given[area] = true;
        int size = *wanted;
        if (direction_of(dock) == Qt::Horizontal && asked > sides)
            size = size * sides / asked;
        window_.resizeDocks({ dock }, { size }, direction_of(dock));
    }
    const QHash<Qt::DockWidgetArea, int> now = seen();
    for (auto size = now.cbegin(); size != now.cend(); ++size)
        if (const int place = noted_under(size.key()); place == size.key() && !wanted_.contains(place))
            // Of an area that was never given one, what it has.
            wanted_[place] = size.value() * noted_pixel(place);
    window_.update(); // where a separator was, what lies there is see-through
}

} // namespace circuitloom::ui
