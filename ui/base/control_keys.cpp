#include "ui/base/control_keys.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QButtonGroup>
#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>

namespace circuitloom::ui {

namespace {

bool is_sideways(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right;
}

bool is_arrow(int key)
{
    return is_sideways(key) || key == Qt::Key_Up || key == Qt::Key_Down;
}

bool is_end(int key)
{
    return key == Qt::Key_Home || key == Qt::Key_End;
}

bool is_page(int key)
{
    return key == Qt::Key_PageUp || key == Qt::Key_PageDown;
}

bool is_return(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

/// A letter or figure jumps to the choice that begins with it.
bool is_typed(const QKeyEvent& key)
{
    return key.key() > Qt::Key_Space && key.key() <= Qt::Key_ydiaeresis;
}

/// One of several buttons of which one is down: the arrows go from one to the next.
bool is_one_of_several(const QAbstractButton& button)
{
    return button.isCheckable()
        && (button.autoExclusive() || (button.group() && button.group()->exclusive()));
}

bool list_uses(const QAbstractItemView& view, int key)
{
    if (is_sideways(key))
        return qobject_cast<const QTableView*>(&view) || qobject_cast<const QTreeView*>(&view);
    const bool ticks = view.selectionMode() == QAbstractItemView::MultiSelection
        || view.selectionMode() == QAbstractItemView::ExtendedSelection;
    return is_arrow(key) || is_end(key) || is_page(key) || (key == Qt::Key_Space && ticks);
}

} // namespace

bool control_uses(const QWidget& control, const QKeyEvent& event)
{
    if ((event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    const int key = event.key();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&control))
        return key == Qt::Key_Space || is_return(key)
            || (is_arrow(key) && is_one_of_several(*button));
    if (qobject_cast<const QComboBox*>(&control))
        return key == Qt::Key_Space || is_return(key) || key == Qt::Key_Up || key == Qt::Key_Down
            || is_end(key) || is_page(key) || is_typed(event);
    if (qobject_cast<const QAbstractSlider*>(&control))
        return is_arrow(key) || is_end(key) || is_page(key);
    if (qobject_cast<const QTabBar*>(&control))
        return is_sideways(key) || is_end(key);
    if (const auto* view = qobject_cast<const QAbstractItemView*>(&control))
        return list_uses(*view, key);
    return false;
}

ControlKeys::ControlKeys(QObject* parent)
    : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool ControlKeys::eventFilter(QObject* watched, QEvent* event)
{
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (!override && event->type() != QEvent::KeyPress)
        return false;
    auto* control = qobject_cast<QWidget*>(watched);
    if (!control || !control->hasFocus() || !control->isEnabled())
        return false;
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (override && control_uses(*control, key)) {
        event->accept();
        return true;
    }
    auto* choices = qobject_cast<QComboBox*>(control);
    if (override || !choices || choices->isEditable() || !is_return(key.key())
        || key.modifiers() & ~Qt::KeypadModifier)
        return false;
    choices->showPopup(); // which Qt does with Space alone
    return true;
}

} // namespace circuitloom::ui
