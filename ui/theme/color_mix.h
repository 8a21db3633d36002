#pragma once

#include <QColor>

namespace circuitloom::ui {

/// `color` at this opacity, 0…1.
QColor faded(QColor color, double opacity);

/// An opaque colour, `share` (0…1) of the way from `below` to `above`.
QColor mixed(const QColor& below, const QColor& above, double share);

} // namespace circuitloom::ui
