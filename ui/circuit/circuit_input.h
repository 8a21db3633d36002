#pragma once

#include "ui/circuit/circuit_view.h"

class QContextMenuEvent;
class QKeyEvent;

namespace circuitloom::ui {

// What the mouse and the keys do to a circuit view. Positions are in the view's pixels.

/// Selects what is at `at`, or, if it `adds`, adds it to what is selected or takes it out.
void click(CircuitView& view, const QPointF& at, bool adds);
/// Isolates what is at `at`, with all that is selected if it belongs to that; beside the circuit
/// shows everything.
void double_click(CircuitView& view, const QPointF& at);
/// Adds to the selection what lies in the rectangle; see choice_in().
void select_in(CircuitView& view, const QRectF& band);
/// Opens the menu about what is selected, or about what the pointer is at.
void open_menu(CircuitView& view, const QContextMenuEvent& event);

/// The arrows select the circuit's next node in their direction: up and down at any time, left and
/// right, which are keys of the timeline as well, once the keyboard has come to the view. Plus and
/// minus zoom, F shows everything, Z zooms to the selection, Shift and an arrow pan;
/// Return isolates the selection, P pins it or lets it go, H hides it, Shift and H show everything,
/// G makes it a supernode; Esc clears the selection, then what is isolated; the keys of undo and
/// redo step through the view's changes. False where the key means nothing.
bool act_on_key(CircuitView& view, const QKeyEvent& event);
/// Whether `view` wants a key that is a shortcut of the window as well.
bool overrides_shortcut(CircuitView& view, const QKeyEvent& event);

} // namespace circuitloom::ui
