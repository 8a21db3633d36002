#pragma once

#include <QFont>

namespace circuitloom::ui {

/// The same font at `factor` times its size, whether that is in pixels or in points.
inline QFont scaled_font(QFont font, double factor, bool bold = false)
{
    if (font.pixelSize() > 0)
        font.setPixelSize(qRound(font.pixelSize() * factor));
    else
        font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    return font;
}

} // namespace circuitloom::ui
