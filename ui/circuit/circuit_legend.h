#pragma once

#include "ui/circuit/circuit_scene.h"
#include "ui/drawing/drawing.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace circuitloom::ui {

/// One colour and its meaning.
struct LegendEntry
{
    Hue hue = Hue::kept;
    QString label;
};

/// The colours that a scene has by its colour mode.
std::vector<LegendEntry> legend_of(const CircuitScene& scene);

/// The picture of the legend: colours at the lower left of `area`, the meaning of the width at its
/// lower right.
DrawingLayer legend_layer(const QRectF& area, const CircuitScene& scene, const Theme& theme);

} // namespace circuitloom::ui
