#pragma once

#include "ui/curves/axis_text.h"
#include "ui/curves/plot_content.h"

#include <QSet>
#include <QString>

namespace circuitloom::ui {

/// What stands beside the pointer: the step and the lines' values there, as rich text. A line has
/// a value from its first point to its last; of many lines those nearest to `near`, a value, are
/// named.
QString plot_readout(const PlotContent& content, const QSet<QString>& hidden, const AxisText& text,
    double step, double near);

} // namespace circuitloom::ui
