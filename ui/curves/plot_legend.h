#pragma once

#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QRectF>

class QPainter;

namespace circuitloom::ui {

/// Says in one line what the lines are whose `legend` is not empty, each behind a piece of it. What
/// finds no room is cut.
void paint_plot_legend(
    QPainter& painter, const QRectF& where, const PlotContent& content, const Theme& theme);

} // namespace circuitloom::ui
