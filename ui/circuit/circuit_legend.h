#pragma once

#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace circuitloom::ui {

struct LegendEntry
{
    Hue hue = Hue::kept;
    QString label;
};

/// The meanings of the colours of a scene.
std::vector<LegendEntry> legend_of(const CircuitScene& scene);

/// Colours at the lower left of `area`, the meaning of the width at its lower right.
DrawingLayer legend_layer(const QRectF& area, const CircuitScene& scene, const Theme& theme);

} // namespace circuitloom::ui
