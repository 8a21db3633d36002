#pragma once

#include "ui/circuit/circuit_scene.h"
#include "ui/theme/theme.h"

#include <QColor>

namespace circuitloom::ui {

/// The theme's colour of a meaning.
QColor hue_color(Hue hue, const Theme& theme);

/// The colour of an edge that is on its way from one meaning to another.
QColor mix_color(const HueMix& mix, const Theme& theme);

} // namespace circuitloom::ui
