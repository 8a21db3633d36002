#include "ui/circuit/circuit_input.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_menu.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

#include <optional>

namespace circuitloom::ui {

namespace {

constexpr double key_zoom = 1.25;
constexpr double key_pan = 60; // pixels

// Where an arrow key lets one look: the picture moves the other way.
std::optional<QPointF> pan_of(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return QPointF(1, 0);
    case Qt::Key_Right:
        return QPointF(-1, 0);
    case Qt::Key_Up:
        return QPointF(0, 1);
    case Qt::Key_Down:
        return QPointF(0, -1);
    default:
        return std::nullopt;
    }
}

/// Whether the key walks from node to node.
bool walks(const CircuitView& view, const QKeyEvent& event)
{
    const bool sideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    return (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier && pan_of(event.key())
        && (!sideways || view.keyboard_in_use()) && view.scene().layout;
}

bool clear_selection_or_isolation(ViewEditor& editor)
{
    if (!editor.state().selection.empty())
        editor.select({});
    else if (!editor.state().isolated.empty())
        editor.isolate({});
    else
        return false;
    return true;
}

} // namespace

void click(CircuitView& view, const QPointF& at, bool adds)
{
    const auto item = view.item_at(at);
    if (!adds)
        view.circuit().select_item(item);
    else if (item)
        view.circuit().toggle_item(*item);
}

void double_click(CircuitView& view, const QPointF& at)
{
    const auto item = view.item_at(at);
    if (!item) {
        view.fit();
        return;
    }
    const GraphChoice selection = view.state().selection;
    const GraphChoice choice = choice_of(*view.scene().layout, *item);
    view.editor().isolate(contains(selection, choice) ? selection : choice);
}

void select_in(CircuitView& view, const QRectF& band)
{
    if (!view.scene().layout)
        return;
    const GraphChoice found = choice_in(view.scene(), view.geometry(), band);
    view.editor().select(united(view.state().selection, found));
}

void open_menu(CircuitView& view, const QContextMenuEvent& event)
{
    if (!view.scene().layout)
        return;
    if (event.reason() == QContextMenuEvent::Mouse) {
        const auto item = view.item_at(event.pos());
        // The menu is about the selection; what is outside of it becomes it.
        if (item && !contains(view.state().selection, choice_of(*view.scene().layout, *item)))
            view.circuit().select_item(item);
    }
    QMenu* menu = circuit_menu(view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event.globalPos());
}

bool act_on_key(CircuitView& view, const QKeyEvent& event)
{
    ViewEditor& editor = view.editor();
    const QPointF centre = view.rect().center();
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    if (event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo)) {
        event.matches(QKeySequence::Undo) ? editor.undo() : editor.redo();
        return true;
    }
    if (const auto direction = pan_of(event.key()); direction && shift) {
        view.pan_by(*direction * key_pan);
        return true;
    }
    if (walks(view, event)) {
        view.use_keyboard();
        const auto next = next_in_circuit(
            view.scene(), view.geometry(), editor.state().selection, -*pan_of(event.key()));
        if (next)
            view.circuit().select_item(*next);
        return true;
    }
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return false;
    const GraphChoice selection = editor.state().selection;
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        view.zoom_by(key_zoom, centre);
        return true;
    case Qt::Key_Minus:
        view.zoom_by(1 / key_zoom, centre);
        return true;
    case Qt::Key_F:
        view.fit();
        return true;
    case Qt::Key_Z:
        view.zoom_to_selection();
        return true;
    case Qt::Key_P:
        editor.set_pinned(selection, !contains(editor.state().pinned, selection));
        return true;
    case Qt::Key_H:
        shift ? editor.show_all() : editor.hide(selection);
        return true;
    case Qt::Key_Delete:
        editor.switch_off(selection, !contains(editor.state().switched_off, selection));
        return true;
    case Qt::Key_G:
        ask_for_group(view);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        editor.isolate(selection);
        return true;
    case Qt::Key_Escape:
        return clear_selection_or_isolation(editor);
    default:
        return false;
    }
}

bool overrides_shortcut(CircuitView& view, const QKeyEvent& event)
{
    return (event.matches(QKeySequence::Undo) && view.editor().can_undo())
        || (event.matches(QKeySequence::Redo) && view.editor().can_redo())
        || ((event.modifiers() & ~Qt::KeypadModifier) == Qt::ShiftModifier && pan_of(event.key()))
        || walks(view, event);
}

} // namespace circuitloom::ui
