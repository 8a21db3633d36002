#include "ui/window/dock_panels.h"

#include "ui/window/panel_kinds.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>

namespace circuitloom::ui {

namespace {

const QString geometry_key = QStringLiteral("window/geometry");
const QString state_key = QStringLiteral("window/state");

} // namespace

DockPanels::DockPanels(QMainWindow& window, QMenu& menu, QWidget* runs, QWidget* curves,
    QWidget* bookmarks, PanelContext& context)
    : QObject(&window)
    , window_(window)
    , menu_(menu)
{
    window_.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window_.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    runs_ = add(QStringLiteral("runsDock"), tr("Runs"), runs, Qt::LeftDockWidgetArea,
        QKeySequence(Qt::Key_F4));
    curves_ = add(QStringLiteral("curvesDock"), tr("Curves"), curves, Qt::BottomDockWidgetArea,
        QKeySequence(Qt::Key_F3));
    bookmarks_ = add(QStringLiteral("bookmarksDock"), tr("Bookmarks"), bookmarks,
        Qt::LeftDockWidgetArea, QKeySequence(Qt::Key_F5));
    for (const PanelKind& kind : panel_kinds())
        listed_ << add(kind.name, kind.title, kind.make(context, &window_), kind.area, kind.keys);
}

QDockWidget* DockPanels::add(const QString& name, const QString& title, QWidget* content,
    Qt::DockWidgetArea area, const QKeySequence& keys)
{
    auto* dock = new QDockWidget(title, &window_);
    dock->setObjectName(name);
    dock->setWidget(content);
    window_.addDockWidget(area, dock);
    // A title bar only where it is needed: to hold a panel that floats.
    auto* no_title = new QWidget(dock);
    dock->setTitleBarWidget(no_title);
    connect(dock, &QDockWidget::topLevelChanged, this, [dock, no_title](bool floating) {
        dock->setTitleBarWidget(floating ? nullptr : no_title);
    });
    QAction* toggle = dock->toggleViewAction();
    toggle->setShortcut(keys);
    window_.addAction(toggle);
    menu_.addAction(toggle);
    QAction* detach = menu_.addAction(tr("Detach %1").arg(title.toLower()));
    detach->setShortcut(QKeySequence(QKeyCombination(Qt::SHIFT, keys[0].key())));
    window_.addAction(detach);
    connect(detach, &QAction::triggered, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    return dock;
}

void DockPanels::restore()
{
    const QSettings settings;
    window_.resize(1400, 900);
    window_.restoreGeometry(settings.value(geometry_key).toByteArray());
    if (window_.restoreState(settings.value(state_key).toByteArray()))
        return;
    window_.resizeDocks({ runs_ }, { 236 }, Qt::Horizontal);
    window_.resizeDocks({ runs_, bookmarks_ }, { 620, 200 }, Qt::Vertical);
    window_.resizeDocks({ curves_ }, { 270 }, Qt::Vertical);
    window_.resizeDocks(listed_, QList<int>(listed_.size(), 280), Qt::Horizontal);
}

void DockPanels::save() const
{
    QSettings settings;
    settings.setValue(geometry_key, window_.saveGeometry());
    settings.setValue(state_key, window_.saveState());
}

} // namespace circuitloom::ui
