#include "ui/window/dock_panels.h"

#include "ui/base/in_sight.h"
#include "ui/base/screen_fit.h"
#include "ui/theme/text_scale.h"
#include "ui/window/dock_sizes.h"
#include "ui/window/folded_panels.h"
#include "ui/window/panel_kinds.h"

#include <QAction>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMainWindow>
#include <QMenu>
#include <QScreen>
#include <QSettings>
#include <QTimer>

#include <algorithm>

namespace circuitloom::ui {

namespace {

const QString geometry_key = QStringLiteral("window/geometry");
const QString state_key = QStringLiteral("window/state");
const QString sizes_key = QStringLiteral("window/dockSizes");
const QString folded_key = QStringLiteral("window/beforeFolded");
constexpr QSize first_size{ 1400, 900 };
constexpr int gap = 12; ///< pixels from a panel that is detached to the place it had
constexpr int room_for_listed = 1200; ///< pixels of the window's width; in less the circuit has it all
constexpr int least_listed = 232; ///< pixels, at 100 %, that every button's text fits into

/// Qt lets panels stand where they are told to; from right to left they shall stand the other way.
Qt::DockWidgetArea mirrored(Qt::DockWidgetArea area)
{
    if (QGuiApplication::isLeftToRight())
        return area;
    switch (area) {
    case Qt::LeftDockWidgetArea:
        return Qt::RightDockWidgetArea;
    case Qt::RightDockWidgetArea:
        return Qt::LeftDockWidgetArea;
    default:
        return area;
    }
}

/// Where the panels stood from left to right says nothing about the other direction.
QString directed(const QString& key)
{
    return QGuiApplication::isLeftToRight() ? key : key % QStringLiteral("FromRight");
}

} // namespace

DockPanels::DockPanels(QMainWindow& window, QMenu& menu, QWidget* runs, QWidget* curves,
    QWidget* bookmarks, PanelContext& context)
    : QObject(&window)
    , window_(window)
    , menu_(menu)
    , sizes_(new DockSizes(window))
{
    window_.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window_.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    runs_ = add(QStringLiteral("runsDock"), tr("Runs"), runs, Qt::LeftDockWidgetArea,
        QKeySequence(Qt::Key_F4));
    curves_ = add(QStringLiteral("curvesDock"), tr("Curves"), curves, Qt::BottomDockWidgetArea,
        QKeySequence(Qt::Key_F3));
    bookmarks_ = add(QStringLiteral("bookmarksDock"), tr("Bookmarks"), bookmarks,
        Qt::LeftDockWidgetArea, QKeySequence(Qt::Key_F5));
    for (const PanelKind& kind : panel_kinds()) {
        listed_ << add(kind.name, kind.title, kind.make(context, &window_), kind.area, kind.keys);
        useful_heights_.insert(listed_.back(), kind.useful_height);
        if (kind.as_wide_as_circuit)
            sizes_->add_as_wide_as_middle(listed_.back());
        if (kind.shown_at_first)
            shown_at_first_ << listed_.back();
    }
    // The others share a place as tabs: below one another they would leave no panel any room.
    QDockWidget* place = nullptr;
    for (QDockWidget* dock : listed_) {
        if (shown_at_first_.contains(dock))
            continue;
        if (place)
            window_.tabifyDockWidget(place, dock);
        place = dock;
    }
    folded_ = new FoldedPanels(window_, *sizes_, { runs_, curves_, bookmarks_ }, shown_at_first_);
}

QDockWidget* DockPanels::add(const QString& name, const QString& title, QWidget* content,
    Qt::DockWidgetArea area, const QKeySequence& keys)
{
    auto* dock = new QDockWidget(title, &window_);
    dock->setObjectName(name);
    dock->setWidget(content);
    window_.addDockWidget(mirrored(area), dock);
    sizes_->add(dock);
    no_titles_.insert(dock, new QWidget(dock));
    show_title(*dock, false);
    connect(dock, &QDockWidget::topLevelChanged, this,
        [this, dock](bool floating) { show_title(*dock, floating); });
    QAction* toggle = dock->toggleViewAction();
    toggle->setShortcut(keys);
    // Of panels that share a place one that lies behind comes to the front; it is not hidden. What
    // lay in front before the action is known because it is noted only after it.
    connect(
        dock, &QDockWidget::visibilityChanged, dock,
        [dock](bool in_front) { dock->setProperty("inFront", in_front); }, Qt::QueuedConnection);
    connect(toggle, &QAction::triggered, dock, [this, dock](bool shown) {
        if (shown || !dock->property("inFront").toBool())
            present(*dock);
    });
    window_.addAction(toggle);
    menu_.addAction(toggle);
    QAction* detach = menu_.addAction(tr("Detach %1").arg(title));
    detach->setShortcut(QKeySequence(
        QKeyCombination(keys[0].keyboardModifiers() | Qt::ShiftModifier, keys[0].key())));
    window_.addAction(detach);
    connect(detach, &QAction::triggered, this, [this, dock] { detach_or_attach(*dock); });
    return dock;
}

void DockPanels::present(QDockWidget& dock)
{
    dock.show();
    make_room_for(dock);
    dock.raise();
    Q_EMIT opened(&dock);
}

// Where the panels above each other would all be too low, this one shares the first one's place.
void DockPanels::make_room_for(QDockWidget& dock)
{
    if (dock.isFloating() || shown_at_first_.contains(&dock) || !listed_.contains(&dock))
        return;
    const Qt::DockWidgetArea area = window_.dockWidgetArea(&dock);
    const QList<QDockWidget*> behind = window_.tabifiedDockWidgets(&dock);
    QList<QDockWidget*> beside; // one of each place
    for (QDockWidget* other : listed_) {
        const bool seen = other != &dock && other->isVisible() && !other->isFloating()
            && window_.dockWidgetArea(other) == area;
        if (!seen)
            continue;
        if (behind.contains(other))
            return; // it shares a place already
        const QList<QDockWidget*> tabs = window_.tabifiedDockWidgets(other);
        if (std::ranges::none_of(beside, [&](QDockWidget* one) { return tabs.contains(one); }))
            beside << other;
    }
    const int places = static_cast<int>(beside.size()) + 1;
    QRect column_place;
    for (const QDockWidget* other : beside)
        column_place |= other->geometry();
    const int room = column_place.height(); // without bars: of more than there is all would get less
    const int wanted = useful_heights_.value(&dock);
    if (beside.isEmpty() || room / places >= wanted)
        return;
    window_.tabifyDockWidget(beside.first(), &dock);
    // Half of the column may still be too little: then those below it have what is left.
    QList<QDockWidget*> column{ &dock };
    QList<int> heights{ wanted };
    for (QDockWidget* other : beside.mid(1)) {
        column << other;
        heights << std::max(0, room - wanted) / std::max<int>(1, places - 2);
    }
    if (column.size() > 1 && room / (places - 1) < wanted)
        window_.resizeDocks(column, heights, Qt::Vertical);
}

// A title bar only where it is needed: to hold a panel that floats.
void DockPanels::show_title(QDockWidget& dock, bool shown)
{
    QWidget* wanted = shown ? nullptr : no_titles_.value(&dock);
    if (dock.titleBarWidget() != wanted)
        dock.setTitleBarWidget(wanted);
}

// Where the panel is, or the one of the same place that lies in front of it.
QRect DockPanels::place_of(QDockWidget& dock) const
{
    for (QDockWidget* one : QList{ &dock } + window_.tabifiedDockWidgets(&dock))
        if (in_sight(*one))
            return { one->mapToGlobal(QPoint()), one->size() };
    return { window_.mapToGlobal(window_.rect().center()), dock.sizeHint() };
}

// A panel that is detached stands beside the place it had, whole on the screen.
void DockPanels::detach_or_attach(QDockWidget& dock)
{
    const QRect place = place_of(dock);
    // A window whose title bar changes is hidden and shown again by Qt, and a window manager that
    // learns of both at once leaves it hidden: so the title is there before it is a window.
    if (!dock.isFloating())
        show_title(dock, true);
    dock.setFloating(!dock.isFloating());
    dock.show();
    if (!dock.isFloating()) {
        // In front of those that it shares a place with, once the window has laid them out. Qt takes
        // no notice of a raise() of the widget that is the topmost already, as this one is.
        QTimer::singleShot(0, &dock, [&dock] {
            dock.lower();
            dock.raise();
        });
    } else {
        QRect beside = place;
        switch (window_.dockWidgetArea(&dock)) {
        case Qt::LeftDockWidgetArea:
            beside.moveLeft(place.right() + gap);
            break;
        case Qt::RightDockWidgetArea:
            beside.moveRight(place.left() - gap);
            break;
        default:
            beside.moveBottom(place.top() - gap);
        }
        dock.setGeometry(moved_into(beside, window_.screen()->availableGeometry()));
    }
    Q_EMIT opened(&dock);
}

void DockPanels::restore()
{
    const QSettings settings;
    window_.resize(fitted(first_size, window_.screen()->availableGeometry()));
    window_.restoreGeometry(settings.value(geometry_key).toByteArray());
    sizes_->set_sizes(settings.value(directed(sizes_key)).toMap());
    // As in detach_or_attach(): those that will be windows have their titles before.
    for (auto dock = no_titles_.cbegin(); dock != no_titles_.cend(); ++dock)
        show_title(*dock.key(), true);
    const bool restored = window_.restoreState(settings.value(directed(state_key)).toByteArray());
    for (auto dock = no_titles_.cbegin(); dock != no_titles_.cend(); ++dock)
        show_title(*dock.key(), dock.key()->isFloating());
    if (restored) {
        folded_->set_before(settings.value(directed(folded_key)).toMap());
        return;
    }
    // On a small screen the circuit keeps its share.
    const double share_x = std::min(1.0, window_.width() / double{ first_size.width() });
    const double share_y = std::min(1.0, window_.height() / double{ first_size.height() });
    window_.resizeDocks({ runs_, bookmarks_ }, { qRound(620 * share_y), qRound(200 * share_y) },
        Qt::Vertical);
    sizes_->set_size(runs_, scaled(qRound(236 * share_x)));
    sizes_->set_size(curves_, std::min(scaled(qRound(270 * share_y)), window_.height() / 3));
    for (QDockWidget* dock : listed_) {
        dock->setVisible(
            window_.width() >= scaled(room_for_listed) && shown_at_first_.contains(dock));
        sizes_->set_size(dock, scaled(std::max(least_listed, qRound(280 * share_x))));
    }
    // Each has its share of the column: left to itself, the lowest shows nothing but its fields.
    const QList<QDockWidget*> column(shown_at_first_.cbegin(), shown_at_first_.cend());
    window_.resizeDocks(column, QList<int>(column.size(), window_.height()), Qt::Vertical);
}

void DockPanels::save() const
{
    QSettings settings;
    settings.setValue(geometry_key, window_.saveGeometry());
    settings.setValue(directed(state_key), window_.saveState());
    settings.setValue(directed(sizes_key), sizes_->sizes());
    settings.setValue(directed(folded_key), folded_->before());
}

} // namespace circuitloom::ui
