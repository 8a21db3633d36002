#include "ui/export/plot_row.h"

#include "ui/curves/plot_widget.h"

namespace circuitloom::ui {

namespace {

constexpr int margin = 6;

/// How much room a plot wants beside the others.
int share_of(const PlotContent& content)
{
    return !content.lines.empty() && content.lines.back().labelled ? 5 : 3;
}

} // namespace

PlotRow::PlotRow(const std::vector<PlottedRun>& runs, const Theme& theme, const QSize& size,
    Arrangement arrangement)
    : size_(size)
{
    const bool stacked = arrangement == Arrangement::stacked;
    const std::vector<PlotContent> contents = plots_of(runs, theme);
    int all = 0;
    for (const PlotContent& content : contents)
        all += stacked ? 1 : share_of(content);
    const QRect area = QRect({}, size).adjusted(margin, margin, -margin, -margin);
    int from = 0;
    for (const PlotContent& content : contents) {
        const int to = from + (stacked ? 1 : share_of(content));
        Placed placed{ std::make_unique<PlotWidget>(), {} };
        placed.plot->set_theme(theme);
        placed.plot->set_content(content);
        placed.plot->set_range(0, content.last_step);
        if (stacked)
            placed.where = QRect(area.left(), area.top() + area.height() * from / all, area.width(),
                area.height() * (to - from) / all);
        else
            placed.where = QRect(area.left() + area.width() * from / all, area.top(),
                area.width() * (to - from) / all, area.height());
        from = to;
        plots_.push_back(std::move(placed));
    }
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

} // namespace circuitloom::ui
