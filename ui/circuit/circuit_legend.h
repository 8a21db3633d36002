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

/// The room that a legend takes at most, whatever a scene's colours mean: so that nothing moves
/// when that changes.
struct LegendRoom
{
    double height = 0; ///< without the row above that tells what is switched off
    double switched_off_height = 0; ///< of that row
    double switched_off_until = 0; ///< the x up to which it reaches, from the area's left
    /// Where it is one row: the x up to which colours stand, and that from which the width's meaning
    /// does, from the area's left. Between them is nothing.
    double colors_until = 0;
    double width_from = 0;
    bool one_row = false;
};
LegendRoom legend_room(double width, const Theme& theme);

/// The picture of the legend in the lowest rows of `area`: colours at the left, the meaning of the
/// width at the right of the last row. In as many rows as it needs; nothing is left out. Where
/// something of the scene is switched off, a row above says so.
DrawingLayer legend_layer(const QRectF& area, const CircuitScene& scene, const Theme& theme);

} // namespace circuitloom::ui
