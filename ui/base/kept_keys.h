#pragma once

#include <Qt>

#include <initializer_list>

class QWidget;

namespace circuitloom::ui {

/// The widget keeps these keys, without Ctrl, Alt or Shift, to itself while it has the focus, though
/// the window has shortcuts of them.
void keep_keys(QWidget& widget, std::initializer_list<Qt::Key> keys);

} // namespace circuitloom::ui
