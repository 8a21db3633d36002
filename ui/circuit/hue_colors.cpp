#include "ui/circuit/hue_colors.h"

#include <algorithm>

namespace circuitloom::ui {

QColor hue_color(Hue hue, const Theme& theme)
{
    switch (hue) {
    case Hue::kept:
        return theme.kept;
    case Hue::entered:
        return theme.entered;
    case Hue::stronger:
        return theme.stronger;
    case Hue::weaker:
        return theme.weaker;
    case Hue::left:
        return theme.left;
    case Hue::positive:
        return theme.positive;
    case Hue::negative:
        return theme.negative;
    case Hue::query:
        return theme.query;
    case Hue::key:
        return theme.key;
    case Hue::value:
        return theme.value;
    case Hue::mlp:
        return theme.mlp;
    case Hue::logits:
        return theme.logits;
    case Hue::neutral:
        return theme.neutral;
    case Hue::young:
        return theme.young;
    case Hue::old:
        return theme.old;
    case Hue::single:
        return theme.single;
    case Hue::core:
        return theme.core;
    case Hue::contingent:
        return theme.contingent;
    case Hue::noise:
        return theme.noise;
    }
    return theme.kept;
}

QColor mix_color(const HueMix& mix, const Theme& theme)
{
    float red = 0;
    float green = 0;
    float blue = 0;
    for (std::size_t i = 0; i < hue_count; ++i) {
        if (mix[i] <= 0)
            continue;
        const QColor color = hue_color(static_cast<Hue>(i), theme);
        red += mix[i] * color.redF();
        green += mix[i] * color.greenF();
        blue += mix[i] * color.blueF();
    }
    const auto whole = [](float part) { return std::clamp(part, 0.0F, 1.0F); };
    return QColor::fromRgbF(whole(red), whole(green), whole(blue));
}

} // namespace circuitloom::ui
