#pragma once

#include <QColor>

#include <algorithm>
#include <cmath>

namespace circuitloom::testing {

/// A part of an sRGB colour, 0…1, as linear light, 0…1.
inline double linear_light(float encoded)
{
    const auto c = static_cast<double>(encoded);
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// The contrast of WCAG 2.2 between two opaque colours, 1…21. It asks for 4.5 of text (1.4.3) and 3 of
/// graphics that say something (1.4.11).
inline double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& color) {
        return 0.2126 * linear_light(color.redF()) + 0.7152 * linear_light(color.greenF())
            + 0.0722 * linear_light(color.blueF());
    };
    const auto [darker, lighter] = std::minmax({ luminance(a), luminance(b) });
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace circuitloom::testing
