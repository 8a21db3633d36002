#pragma once

#include "ui/circuit/circuit_focus.h"
#include "ui/theme/theme.h"

#include <QSizeF>
#include <QString>

namespace circuitloom::ui {

struct PictureOptions
{
    QSizeF size{ 1400, 900 }; ///< in logical pixels, 96 to the inch
    double scale = 2; ///< bitmap pixels per logical pixel
    QString caption; ///< one line above the picture; none where empty
    bool legend = true;
    CircuitHighlight highlight; ///< as on the screen
};

/// Writes the picture in the format of the extension: .png, .svg or .pdf, the latter two as
/// vectors with text as text. Throws InputError for another extension, an empty scene or an absurd
/// size, ResourceError where the file cannot be written.
void save_circuit_picture(const QString& file, const CircuitScene& scene, const Theme& theme,
    const PictureOptions& options);

} // namespace circuitloom::ui
