#include "ui/dynamics/heat_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr std::array<HeatZoom, 15> zooms{ { { 64, 1 }, { 32, 1 }, { 16, 1 }, { 8, 1 }, { 4, 1 },
    { 2, 1 }, { 1, 1 }, { 1, 2 }, { 1, 3 }, { 1, 5 }, { 1, 8 }, { 1, 11 }, { 1, 14 }, { 1, 18 },
    { 1, 24 } } };
constexpr int readable = 14; ///< pixels of a line, beyond which fitting does not go
constexpr int least_for_names = 11;
constexpr int mark_width = 7;
constexpr int gap = 4;

} // namespace

std::span<const HeatZoom> heat_zooms()
{
    return zooms;
}

int fitting_zoom(int rows, int height)
{
    int best = 0;
    for (std::size_t i = 0; i < zooms.size(); ++i) {
        const int lines = (rows + zooms[i].rows_per_line - 1) / zooms[i].rows_per_line;
        if (lines * zooms[i].line_height <= height && zooms[i].line_height <= readable)
            best = static_cast<int>(i);
    }
    return best;
}

HeatGeometry::HeatGeometry(
    const QSize& widget, int name_width, int axis_height, const HeatZoom& rows)
    : zoom(rows)
{
    const int bottom = std::max(0, widget.height() - axis_height);
    const int room = rows.line_height >= least_for_names
        ? std::min(name_width, widget.width() * 2 / 5)
        : 0;
    names = QRect(0, 0, room, bottom);
    marks = QRect(room > 0 ? room + gap : 0, 0, mark_width, bottom);
    const int left = marks.left() + mark_width + 1;
    plot = QRect(left, 0, std::max(0, widget.width() - left - 1), bottom);
    axis = QRect(0, bottom, widget.width(), widget.height() - bottom);
}

int HeatGeometry::page() const
{
    return std::max(1, plot.height() / zoom.line_height);
}

int HeatGeometry::last_first_line() const
{
    return std::max(0, lines - page());
}

int HeatGeometry::end_line() const
{
    return std::min(lines, first_line + plot.height() / zoom.line_height + 1);
}

int HeatGeometry::line_at(double y) const
{
    if (y < plot.top() || y >= plot.top() + plot.height())
        return -1;
    const int line = first_line + static_cast<int>((y - plot.top()) / zoom.line_height);
    return line < lines ? line : -1;
}

int HeatGeometry::column_at(double x) const
{
    if (columns == 0 || plot.width() == 0)
        return -1;
    const double place = (x - plot.left()) * columns / plot.width();
    return std::clamp(static_cast<int>(std::floor(place)), 0, columns - 1);
}

QRectF HeatGeometry::line_rect(int line) const
{
    return { static_cast<double>(plot.left()),
        static_cast<double>(plot.top() + (line - first_line) * zoom.line_height),
        static_cast<double>(plot.width()), static_cast<double>(zoom.line_height) };
}

double HeatGeometry::column_middle(int column) const
{
    return plot.left() + (column + 0.5) * plot.width() / std::max(1, columns);
}

} // namespace circuitloom::ui
