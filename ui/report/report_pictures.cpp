#include "ui/report/report_pictures.h"

#include "core/analysis/run_edges.h"
#include "core/layout/compact_layout.h"
#include "core/layout/lattice_layout.h"
#include "ui/circuit/circuit_geometry.h"
#include "ui/curves/plot_widget.h"
#include "ui/export/film_frames.h"
#include "ui/export/picture_writer.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

const QSizeF picture_size(460, 440); // three of them stand side by side
const QSize plot_size(560, 290);
constexpr double stage_width = 1000; // of the interactive circuit, in its own units
constexpr double least_stage = 480;
constexpr double most_stage = 900;
constexpr double stage_margin = 12;
constexpr std::size_t most_routed = 2000; ///< edges; more than these go straight

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Report)
};

std::string svg_of(const PicturePage& page, PictureText text)
{
    text.embedded = true;
    return page_svg(page, 1, text).toStdString();
}

std::vector<EdgeId> edges_of(const ReportRun& run)
{
    std::vector<EdgeId> edges;
    for (const ReportCircuit& circuit : run.circuits)
        for (const ScoredEdge& scored : circuit.edges)
            edges.push_back(scored.edge);
    std::ranges::sort(edges);
    edges.erase(std::ranges::unique(edges).begin(), edges.end());
    return edges;
}

PlacedNode placed_node(
    const CircuitLayout& layout, const CircuitGeometry& geometry, std::size_t number)
{
    const DrawnNode& node = layout.nodes[number];
    const QRectF rect = geometry.node_rect({ static_cast<std::int32_t>(number) });
    return { node.name, node.label, rect.center().x(), rect.center().y(), rect.width(),
        rect.height(), node.used };
}

PlacedEdge placed_edge(const CircuitScene& scene, const CircuitGeometry& geometry, EdgeId edge)
{
    const DrawnCurve curve = geometry.edge_curve(scene, edge);
    return { edge, source_of(scene, edge).value, target_of(scene, edge).value,
        { curve.from.x(), curve.from.y(), curve.control1.x(), curve.control1.y(),
            curve.control2.x(), curve.control2.y(), curve.to.x(), curve.to.y() } };
}

/// As the window's lattice with every edge that the run ever has.
PlacedCircuit placed_circuit(const ReportRun& run)
{
    const std::vector<EdgeId> edges = edges_of(run);
    CircuitLayout layout = lattice_layout(*run.graph);
    if (edges.size() <= most_routed)
        layout = compact_layout(*run.graph, layout, edges);
    const double height = std::clamp(
        stage_width * layout.height / std::max(layout.width, 1.0), least_stage, most_stage);
    const QRectF stage(0, 0, stage_width, height);
    const CircuitGeometry geometry(
        layout, stage.adjusted(stage_margin, stage_margin, -stage_margin, -stage_margin));
    PlacedCircuit placed;
    placed.width = stage_width;
    placed.height = height;
    placed.widest = geometry.edge_width(1);
    for (std::size_t node = 0; node < layout.nodes.size(); ++node)
        placed.nodes.push_back(placed_node(layout, geometry, node));
    for (const LayerBand& band : layout.bands) {
        const QRectF rect = geometry.band_rect(band);
        placed.bands.push_back({ band.layer, rect.x(), rect.y(), rect.width(), rect.height() });
    }
    CircuitScene scene;
    scene.graph = run.graph;
    scene.layout = std::make_shared<const CircuitLayout>(layout);
    for (const EdgeId edge : edges)
        placed.edges.push_back(placed_edge(scene, geometry, edge));
    return placed;
}

struct Moment
{
    int iteration;
    QString caption; ///< with %1 for its number and step
};

std::vector<Moment> moments_of(const ReportRun& run)
{
    std::vector<Moment> moments;
    if (run.circuits.empty())
        return moments;
    const int last = static_cast<int>(run.iterations.size()) - 1;
    moments.push_back({ 0, Words::tr("The start: %1") });
    if (const auto changed = most_changed_iteration(run))
        moments.push_back({ *changed, Words::tr("On the way: %1") });
    if (last > 0)
        moments.push_back({ last, Words::tr("The end: %1") });
    return moments;
}

/// A page with nothing but one plot.
std::string plot_svg(const PlotContent& content, const Theme& theme, PlotWidget& widget)
{
    widget.set_theme(theme);
    widget.set_content(content);
    widget.set_range(0, content.last_step);
    PageOptions options;
    options.size = plot_size;
    PicturePage page = curves_page(theme, options);
    const PlacedPlot placed{ &widget, QRect({}, plot_size) };
    page.curves_area = placed.where;
    paint_plots(page.curves, { &placed, 1 });
    return svg_of(page, { content.title });
}

} // namespace

int circuit_pictures(const ReportRun& run)
{
    return 2 * static_cast<int>(moments_of(run).size());
}

void draw_circuits(
    ReportRun& run, const ExperimentReader& reader, const std::function<void()>& drawn)
{
    const auto color = static_cast<int>(run.summary.id.value - 1);
    run.light_color = series_color(color, theme(false)).name().toStdString();
    run.dark_color = series_color(color, theme(true)).name().toStdString();
    if (run.circuits.empty())
        return;
    run.placed = placed_circuit(run);
    const int last = static_cast<int>(run.iterations.size()) - 1;
    const RunEdges shown
        = edges_of_run(reader, run.summary.id, 0, last, *run.graph, first_filter());
    CircuitLook look;
    look.graph = run.graph;
    look.layout = std::make_shared<const CircuitLayout>(
        compact_layout(*run.graph, lattice_layout(*run.graph), shown.edges));
    RunScenes scenes(reader.file(), run.summary.id, look);
    for (const Moment& moment : moments_of(run)) {
        const int step = run.iterations[static_cast<std::size_t>(moment.iteration)].step;
        const QString caption = moment.caption.arg(iteration_stamp(moment.iteration, step));
        PageOptions options;
        options.size = picture_size;
        ReportPicture picture{ caption.toStdString(), {}, {} };
        for (const bool dark : { false, true }) {
            const PicturePage page
                = circuit_page({ scenes.at(moment.iteration), {}, {}, {} }, theme(dark), options);
            (dark ? picture.dark : picture.light) = svg_of(page, { caption, look.graph, look.layout });
            drawn();
        }
        run.pictures.push_back(std::move(picture));
    }
}

ReportPlots::ReportPlots(std::vector<PlottedRun> runs)
{
    for (const bool dark : { false, true }) {
        for (PlottedRun& run : runs)
            run.color = series_color(static_cast<int>(run.run.value - 1), theme(dark));
        (dark ? dark_ : light_) = plots_of(runs, theme(dark));
    }
}

ReportPlot ReportPlots::plot(int number) const
{
    const auto which = static_cast<std::size_t>(number);
    PlotWidget widget;
    ReportPlot plot;
    plot.picture.caption = light_[which].title.toStdString();
    plot.picture.light = plot_svg(light_[which], theme(false), widget);
    plot.picture.dark = plot_svg(dark_[which], theme(true), widget);
    const QMargins around = widget.line_margins(plot_size.width());
    plot.left = static_cast<double>(around.left()) / plot_size.width();
    plot.right = 1 - static_cast<double>(around.right()) / plot_size.width();
    plot.top = static_cast<double>(around.top()) / plot_size.height();
    plot.bottom = 1 - static_cast<double>(around.bottom()) / plot_size.height();
    plot.last_step = std::max(light_[which].last_step, 1.0);
    return plot;
}

} // namespace circuitloom::ui
