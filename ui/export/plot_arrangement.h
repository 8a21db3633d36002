#pragma once

#include <QRect>
#include <QSize>
#include <QSizeF>

#include <span>
#include <vector>

namespace circuitloom::ui {

/// Where the plots of a picture stand: as large as the area allows, and never so small that their
/// titles, numbers and lines lie over each other.
struct PlotArrangement
{
    enum class Form
    {
        side_by_side, ///< in several rows where one has no room for all
        stacked
    };

    /// At how much of their size the plots are drawn: less than 1 where the area is too small.
    double scale = 1;
    /// Before they are drawn smaller, in the order of the plots.
    std::vector<QRect> places;
};

/// `least`: the sizes that the plots need, in pixels.
PlotArrangement arrange_plots(
    std::span<const QSize> least, const QSizeF& area, PlotArrangement::Form form);

/// The size that the plots need in an area of this width. It is wider where even the widest plot
/// has no room; what is drawn then is smaller, and needs less height.
QSizeF room_for_plots(std::span<const QSize> least, double width, PlotArrangement::Form form);

} // namespace circuitloom::ui
