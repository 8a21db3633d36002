#pragma once

class QWidget;

namespace circuitloom::ui {

/// Version, licence and the libraries' versions.
void show_about(QWidget* parent);
/// Every action's shortcut and what mouse and keys do in the circuit and the curves.
void show_shortcuts(QWidget* parent);

} // namespace circuitloom::ui
