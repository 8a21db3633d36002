#pragma once

#include "ui/curves/plot_content.h"
#include "ui/theme/theme.h"

#include <QRectF>

class QPainter;

namespace circuitloom::ui {

/// Says in one line what the lines are whose `legend` is not empty, each behind a piece of it: from
/// `from` on where that leaves enough room, as where the axis begins, else from the left of what
/// there is. What finds no room is cut.
void paint_plot_legend(QPainter& painter, const QRectF& room_there, double from,
    const PlotContent& content, const Theme& theme);

} // namespace circuitloom::ui
