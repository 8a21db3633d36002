#pragma once

#include "ui/circuit/circuit_view.h"

class QMenu;

namespace circuitloom::ui {

/// A menu of all that can be done with what `view` has selected, and with the view as a whole.
/// Belongs to `view`.
QMenu* circuit_menu(CircuitView& view);

/// Asks for a name, and makes the selected nodes a supernode of that name.
void ask_for_group(CircuitView& view);

} // namespace circuitloom::ui
