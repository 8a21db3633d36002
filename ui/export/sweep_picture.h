#pragma once

#include "ui/compare/sweep_chart.h"
#include "ui/export/picture_writer.h"
#include "ui/theme/theme.h"

#include <QString>

class QWidget;

namespace circuitloom::ui {

/// The size of a picture of a sweep where nobody chooses one: its plots stand side by side.
inline constexpr QSizeF sweep_picture_size{ 1100, 340 };

/// Writes the chart as the extension says: .png, .svg, .pdf, or its numbers as .csv. For the window's
/// thread. Throws InputError or ResourceError.
void export_sweep(const QString& file, const SweepChart& chart, const Theme& theme,
    const PageOptions& page, const PictureSharpness& sharpness);

/// Asks where to, and writes it there; says what is wrong where it cannot be written.
void ask_for_sweep_picture(QWidget& parent, const SweepChart& chart, const Theme& theme);

} // namespace circuitloom::ui
