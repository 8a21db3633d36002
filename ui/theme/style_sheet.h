#pragma once

#include "ui/theme/theme.h"

#include <QColor>
#include <QString>

namespace circuitloom::ui {

/// The style sheet of the whole application: docks, menus, buttons, sliders, lists, inputs.
/// A QPushButton with the dynamic property `primary` set to true is the prominent one; a QLabel
/// with `heading` is a section title (small, spaced, dim), with `dim` a secondary text.
QString style_sheet(const Theme& theme);

/// A style sheet for texts of another size: lengths in pixels are larger by `scale`, room around
/// texts grows less, lines stay as thin as they are.
QString scaled_sheet(const QString& sheet, double scale);

/// The line around a box or a ring that is not ticked, by which alone it is seen.
QColor tick_outline(const Theme& theme);

} // namespace circuitloom::ui
