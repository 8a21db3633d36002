#pragma once

#include "core/base/measure.h"
#include "ui/session/curve_data.h"
#include "ui/session/horizontal_axis.h"

#include <QColor>
#include <QString>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace circuitloom::ui {

/// How far values reach at one place of the axis.
struct BandPoint
{
    double step = 0; ///< as that of a CurvePoint
    double low = 0;
    double high = 0;
    bool operator==(const BandPoint&) const = default;
};

/// One line of a plot. The `step` of its points is a place on the plot's horizontal axis, in the
/// unit of its quantity.
struct PlotLine
{
    QString name;
    /// What its label says where the name has no room; empty for the name, cut in its middle, since
    /// names of suites often begin alike.
    QString brief;
    QString legend; ///< what the line is, in words under the title; empty for none
    QColor color;
    double width = 1.6; ///< pixels
    bool dashed = false;
    bool labelled = false; ///< has its name, and its value at the cursor, to the right of the plot
    bool headline = false; ///< its value at the cursor stands beside the title
    Curve points;
    Curve raw; ///< drawn faint behind, where `points` are smoothed; empty for none
    std::vector<BandPoint> band; ///< filled behind the line; empty for none
};

/// All that one plot shows, independent of any widget. Anybody may show one in a PlotWidget of
/// their own: it looks and works as those of the curves panel.
struct PlotContent
{
    QString title;
    QString unit; ///< beside the value at the cursor; empty for none
    QString absent; ///< said in its middle while no line has a point; empty for nothing
    Notation notation = Notation::plain;
    std::vector<PlotLine> lines; ///< later ones on top
    HorizontalAxis axis;
    double last_step = 1; ///< the place at the right end of the axis
    bool from_zero = false; ///< the value axis begins at 0, unless it is logarithmic
    bool logarithmic = false; ///< the value axis; values of 0 and less are counted, not drawn
    /// Values that the axis has room for in any case: plots of one measure that are compared share
    /// them.
    std::vector<double> also_seen;
    /// The labels are left out where they would take much of a narrow plot: a legend beside the
    /// plots says the same.
    bool labels_give_way = false;
    std::size_t choice = 0; ///< which of the user's choices it comes from
};

/// It has labels that need room in any case.
inline bool needs_wide_plot(const PlotContent& content)
{
    return !content.labels_give_way
        && std::any_of(content.lines.begin(), content.lines.end(),
            [](const PlotLine& line) { return line.labelled; });
}

} // namespace circuitloom::ui
