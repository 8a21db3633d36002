#include "ui/theme/color_mix.h"

#include <algorithm>

namespace circuitloom::ui {

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(std::clamp(opacity, 0.0, 1.0)));
    return color;
}

QColor mixed(const QColor& below, const QColor& above, double share)
{
    const auto t = static_cast<float>(std::clamp(share, 0.0, 1.0));
    const auto part = [t](float a, float b) { return a + (b - a) * t; };
    return QColor::fromRgbF(part(below.redF(), above.redF()), part(below.greenF(), above.greenF()),
        part(below.blueF(), above.blueF()));
}

} // namespace circuitloom::ui
