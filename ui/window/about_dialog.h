#pragma once

class QWidget;

namespace circuitloom::ui {

/// Version, licence and the libraries' versions.
void show_about(QWidget* parent);

} // namespace circuitloom::ui
