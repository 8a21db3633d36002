#pragma once

#include "ui/theme/theme.h"

namespace circuitloom::ui {

/// What the main window's own parts add to the application's style sheet.
QString window_style(const Theme& theme);

} // namespace circuitloom::ui
