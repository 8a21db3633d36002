#pragma once

#include "core/base/measure.h"
#include "ui/session/curve_data.h"

#include <QColor>
#include <QString>

#include <vector>

namespace circuitloom::ui {

/// One line of a plot.
struct PlotLine
{
    QString name;
    QString legend; ///< what the line is, in words under the title; empty for none
    QColor color;
    double width = 1.6; ///< pixels
    bool dashed = false;
    bool labelled = false; ///< has its name, and its value at the cursor, to the right of the plot
    bool headline = false; ///< its value at the cursor stands beside the title
    Curve points;
};

/// All that one plot shows, independent of any widget.
struct PlotContent
{
    QString title;
    QString unit; ///< beside the value at the cursor; empty for none
    Notation notation = Notation::plain;
    std::vector<PlotLine> lines; ///< later ones on top
    double last_step = 1; ///< the right end of the axis
    bool from_zero = false; ///< the value axis begins at 0
    /// Values that the axis has room for in any case: plots of one measure that are compared share
    /// them.
    std::vector<double> also_seen;
};

} // namespace circuitloom::ui
