#pragma once

class QWidget;

namespace circuitloom::ui {

/// Lets the wheel scroll what `editor` stands in, instead of changing its value, until the editor
/// has the focus.
void install_wheel_guard(QWidget& editor);

} // namespace circuitloom::ui
