#pragma once

#include <QIcon>
#include <QString>

namespace circuitloom::ui {

/// Makes the application's icons known to Qt; they live in a static library, whose resources
/// nobody registers by themselves. May be called again.
void register_icons();

/// One of ui/theme/icons by its name without extension: `search`, `fit`, `chevron-down`, …
QIcon icon(const QString& name);

} // namespace circuitloom::ui
