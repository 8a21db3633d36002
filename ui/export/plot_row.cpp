#include "ui/export/plot_row.h"

#include "ui/curves/plot_widget.h"

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr double least_circuit = 160; ///< pixels of a circuit above curves, on a page that grows

std::vector<std::unique_ptr<PlotWidget>> plots_for(
    const std::vector<PlottedRun>& runs, const Theme& theme)
{
    std::vector<std::unique_ptr<PlotWidget>> plots;
    for (const PlotContent& content : plots_of(runs, theme)) {
        auto plot = std::make_unique<PlotWidget>();
        plot->set_theme(theme);
        plot->set_content(content);
        plot->set_range(0, content.last_step);
        plots.push_back(std::move(plot));
    }
    return plots;
}

std::vector<QSize> least_sizes(const std::vector<std::unique_ptr<PlotWidget>>& plots)
{
    std::vector<QSize> sizes;
    for (const auto& plot : plots)
        sizes.push_back(plot->least_size());
    return sizes;
}

void grow(PageOptions& options, double missing)
{
    if (options.grows && missing > 0)
        options.size.rheight() += missing;
}

} // namespace

PlotRow::PlotRow(const std::vector<PlottedRun>& runs, const Theme& theme, const QSizeF& size,
    PlotArrangement::Form form)
    : plots_(plots_for(runs, theme))
    , arrangement_(arrange_plots(least_sizes(plots_), size, form))
{
}

PlotRow::~PlotRow() = default;

QPicture PlotRow::picture(double cursor)
{
    std::vector<PlacedPlot> placed;
    for (std::size_t i = 0; i < arrangement_.places.size(); ++i) {
        plots_[i]->set_cursor(cursor);
        placed.push_back({ plots_[i].get(), arrangement_.places[i] });
    }
    QPicture picture;
    paint_plots(picture, placed, arrangement_.scale);
    return picture;
}

PlotArrangement::Form form_for(CurvesPlace place)
{
    return place == CurvesPlace::beside ? PlotArrangement::Form::stacked
                                        : PlotArrangement::Form::side_by_side;
}

void add_curves(PicturePage& page, const std::vector<PlottedRun>& runs, const Theme& theme,
    CurvesPlace place, double cursor)
{
    if (page.curves_area.isEmpty())
        return;
    PlotRow row(runs, theme, page.curves_area.size(), form_for(place));
    page.curves = row.picture(cursor);
    page.curves_scale = row.scale();
}

PageOptions with_room_for_curves(
    PageOptions options, const std::vector<PlottedRun>& runs, const Theme& theme)
{
    if (options.curves == CurvesPlace::none || runs.empty())
        return options;
    const std::vector<QSize> least = least_sizes(plots_for(runs, theme));
    const PlotArrangement::Form form = form_for(options.curves);
    if (options.curves == CurvesPlace::below) {
        const double width = page_areas(options, theme.font()).curves.width();
        options.least_curves = room_for_plots(least, width, form);
        grow(options, options.least_curves.height()); // the circuit keeps its own
        grow(options, least_circuit - page_areas(options, theme.font()).circuit.height());
        return options;
    }
    options.least_curves = room_for_plots(least, 0, form);
    const QRectF area = page_areas(options, theme.font()).curves;
    options.least_curves.setHeight(room_for_plots(least, area.width(), form).height());
    grow(options, options.least_curves.height() - area.height());
    return options;
}

PageOptions with_room_for_curves_alone(
    PageOptions options, const std::vector<PlottedRun>& runs, const Theme& theme)
{
    options.curves = CurvesPlace::none;
    const QSizeF area = page_areas(options, theme.font()).circuit.size();
    const QSizeF room = room_for_plots(least_sizes(plots_for(runs, theme)), area.width(),
        PlotArrangement::Form::side_by_side);
    grow(options, room.height() - area.height());
    return options;
}

} // namespace circuitloom::ui
