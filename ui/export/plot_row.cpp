#include "ui/export/plot_row.h"

#include "ui/curves/plot_widget.h"

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int margin = 6;
constexpr int least_width = 170; // of a plot, in pixels

/// How wide a plot is drawn compared with the others in its row.
int share_of(const PlotContent& content)
{
    return needs_wide_plot(content) ? 5 : 3;
}

} // namespace

PlotRow::PlotRow(const std::vector<PlottedRun>& runs, const Theme& theme, const QSize& size,
    Arrangement arrangement)
    : size_(size)
{
    const std::vector<PlotContent> contents = plots_of(runs, theme);
    const QRect area = QRect({}, size).adjusted(margin, margin, -margin, -margin);
    const auto all = static_cast<int>(contents.size());
    const int in_a_row = arrangement == Arrangement::stacked
        ? 1
        : std::clamp(area.width() / least_width, 1, std::max(all, 1));
    const int rows = (all + in_a_row - 1) / in_a_row;
    for (int row = 0; row < rows; ++row) {
        const auto first = contents.begin() + all * row / rows;
        const auto last = contents.begin() + all * (row + 1) / rows;
        int shares = 0;
        for (auto content = first; content != last; ++content)
            shares += share_of(*content);
        const QRect line(area.left(), area.top() + area.height() * row / rows, area.width(),
            area.height() / rows);
        int from = 0;
        for (auto content = first; content != last; ++content) {
            const int to = from + share_of(*content);
            add(*content, theme,
                { line.left() + line.width() * from / shares, line.top(),
                    line.width() * (to - from) / shares, line.height() });
            from = to;
        }
    }
}

void PlotRow::add(const PlotContent& content, const Theme& theme, const QRect& where)
{
    Placed placed{ std::make_unique<PlotWidget>(), where };
    placed.plot->set_theme(theme);
    placed.plot->set_content(content);
    placed.plot->set_range(0, content.last_step);
    plots_.push_back(std::move(placed));
}

PlotRow::~PlotRow() = default;

QPicture PlotRow::picture(double cursor)
{
    std::vector<PlacedPlot> placed;
    for (const Placed& plot : plots_) {
        plot.plot->set_cursor(cursor);
        placed.push_back({ plot.plot.get(), plot.where });
    }
    QPicture picture;
    paint_plots(picture, placed);
    return picture;
}

PlotRow::Arrangement arrangement_for(CurvesPlace place)
{
    return place == CurvesPlace::beside ? PlotRow::Arrangement::stacked
                                        : PlotRow::Arrangement::side_by_side;
}

QPicture curves_picture(const std::vector<PlottedRun>& runs, const Theme& theme, const QSizeF& size,
    CurvesPlace place, double cursor)
{
    return PlotRow(runs, theme, size.toSize(), arrangement_for(place)).picture(cursor);
}

} // namespace circuitloom::ui
