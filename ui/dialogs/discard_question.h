#pragma once

#include <functional>

class QWidget;

namespace circuitloom::ui {

/// Asks whether the form of a run is to be closed though it was changed, and calls `discard` where
/// it is. Returns at once.
void ask_to_discard(QWidget& dialog, const std::function<void()>& discard);

} // namespace circuitloom::ui
