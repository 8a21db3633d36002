#pragma once

#include <QIcon>
#include <QString>

namespace circuitloom::ui {

/// Makes the application's icons known to Qt, which does not register the resources of a static
/// library by itself. May be called again.
void register_icons();

/// One of ui/theme/icons by its name without extension: `search`, `fit`, `chevron-down`, …
QIcon icon(const QString& name);

} // namespace circuitloom::ui
