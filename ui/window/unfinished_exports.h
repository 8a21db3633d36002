#pragma once

class QWidget;

namespace circuitloom::ui {

/// Whether nothing is lost when `window` goes: where one of its dialogs is still writing a film or a
/// report, the user is asked.
bool may_drop_exports(QWidget& window);

} // namespace circuitloom::ui
