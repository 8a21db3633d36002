#pragma once

#include <QRect>
#include <QRectF>
#include <QSize>

#include <span>

namespace circuitloom::ui {

/// How high rows are drawn: lines of so many pixels, each with so many rows.
struct HeatZoom
{
    int rows_per_line = 1;
    int line_height = 1; ///< pixels
    bool operator==(const HeatZoom&) const = default;
};

/// From far to near.
std::span<const HeatZoom> heat_zooms();
/// The nearest at which all rows are seen in that height, but no nearer than rows are well read; the
/// farthest where they are not.
int fitting_zoom(int rows, int height);

/// Where the parts of a heat strip lie in its widget, and which cell lies where. No widget.
struct HeatGeometry
{
    QRect names; ///< empty where lines are too low for names
    QRect marks; ///< left of the cells: which rows are selected
    QRect plot;
    QRect axis; ///< numbers of the iterations, under the plot
    HeatZoom zoom;
    int lines = 0; ///< in all
    int first_line = 0; ///< at the plot's top
    int columns = 0;

    /// `name_width`: that the longest name takes.
    HeatGeometry(const QSize& widget, int name_width, int axis_height, const HeatZoom& rows);
    HeatGeometry() = default;

    /// How many whole lines fit.
    int page() const;
    int last_first_line() const;
    /// One beyond the last line that is seen at least in part.
    int end_line() const;
    /// -1 where there is none.
    int line_at(double y) const;
    /// The nearest column; -1 where there are none.
    int column_at(double x) const;
    /// Across the whole plot, perhaps outside of it.
    QRectF line_rect(int line) const;
    /// The middle of a column.
    double column_middle(int column) const;
};

} // namespace circuitloom::ui
