// The lines of a plot's canvas, and the scale of their values.
#include "ui/curves/plot_canvas.h"

#include "core/base/written_factor.h"
#include "ui/curves/column_extremes.h"
#include "ui/curves/plot_scale.h"
#include "ui/curves/share_scale.h"

#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
constexpr float band_opacity = 0.2F;
constexpr float raw_opacity = 0.35F;

QColor lighter(QColor color, float opacity)
{
    color.setAlphaF(color.alphaF() * opacity);
    return color;
}

} // namespace

bool PlotCanvas::has_place(double value) const
{
    return std::isfinite(value) && (!content.logarithmic || value > 0);
}

void PlotCanvas::apply_content()
{
    look_for_odd_values();
    apply_scale();
    sort_labels();
    apply_margins();
    apply_range();
}

void PlotCanvas::look_for_odd_values()
{
    infinite_.clear();
    unplaced_ = 0;
    for (const PlotLine& line : content.lines) {
        if (!is_shown(line))
            continue;
        for (const CurvePoint& point : line.points) {
            if (std::isinf(point.value))
                infinite_.emplace_back(point, line.color);
            else if (content.logarithmic && point.value <= 0)
                ++unplaced_;
        }
    }
}

void PlotCanvas::apply_scale()
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    bool any = false;
    bool shares = content.notation == Notation::percent;
    const auto see = [&](double value) {
        if (!has_place(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    };
    if (content.from_zero)
        see(0);
    for (const double value : content.also_seen)
        see(value);
    for (const PlotLine& line : content.lines) {
        if (!is_shown(line))
            continue;
        any = any || !line.points.empty();
        for (const Curve* points : { &line.points, &line.raw })
            for (const CurvePoint& point : *points) {
                see(point.value);
                shares = shares && !(point.value < 0) && !(point.value > 1);
            }
        for (const BandPoint& point : line.band) {
            see(point.low);
            see(point.high);
        }
    }
    const double unit = written_factor(content.notation);
    scale_ = content.logarithmic ? round_logarithmic_scale(low * unit, high * unit)
        : shares && low <= high  ? round_scale_within(low * unit, high * unit, 0, unit)
                                 : round_scale(low * unit, high * unit);
    if (!any)
        scale_.ticks.clear(); // without values the axis has nothing to say
    text_ = AxisText(content.notation, scale_);
    apply_ticks();
    // Room for the width of a line that runs along the highest or lowest tick.
    constexpr double share = 0.015;
    if (content.logarithmic) {
        const double factor = std::pow(scale_.high / scale_.low, share);
        yAxis->setScaleType(QCPAxis::stLogarithmic);
        yAxis->setRange(scale_.low / factor / unit, scale_.high * factor / unit);
    } else {
        const double room = (scale_.high - scale_.low) * share;
        yAxis->setScaleType(QCPAxis::stLinear);
        yAxis->setRange((scale_.low - room) / unit, (scale_.high + room) / unit);
    }
}

void PlotCanvas::apply_ticks()
{
    constexpr double between_ticks = 0.97; // of the height: beyond them lies room for lines
    const double unit = written_factor(content.notation);
    const QMargins margins = axisRect()->margins();
    const double room = between_ticks * (size_.height() - margins.top() - margins.bottom());
    const std::ptrdiff_t ticks = std::ssize(scale_.ticks);
    const std::ptrdiff_t stride
        = label_stride(ticks, room, QFontMetrics(yAxis->tickLabelFont()).height());
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::ptrdiff_t i = 0; i < ticks; ++i) {
        const double value = scale_.ticks[static_cast<std::size_t>(i)] / unit;
        ticker->addTick(value, i % stride == 0 ? text_.tick(value) : QString());
    }
    yAxis->setTicker(ticker);
}

void PlotCanvas::apply_lines()
{
    clearGraphs();
    const QMargins margins = axisRect()->margins();
    PixelColumns pixels{ content.axis, first, std::max(last, first),
        std::max(1, (size_.width() - margins.left() - margins.right()) * columns_) };
    if (content.logarithmic)
        pixels.floor = 0;
    for (const PlotLine& line : content.lines)
        if (is_shown(line) && !line.band.empty())
            add_band(line, pixels);
    for (const PlotLine& line : content.lines)
        if (is_shown(line) && !line.raw.empty())
            add_points(column_extremes(line.raw, pixels), QPen(lighter(line.color, raw_opacity), 1));
    for (const PlotLine& line : content.lines)
        if (is_shown(line))
            add_line(line, pixels);
}

void PlotCanvas::add_points(const Curve& points, const QPen& pen)
{
    QVector<QCPGraphData> drawn;
    drawn.reserve(static_cast<qsizetype>(points.size()));
    for (const CurvePoint& point : points)
        drawn.append({ content.axis.along(point.step), point.value });
    QCPGraph* graph = addGraph();
    graph->data()->set(drawn, true);
    graph->setAdaptiveSampling(false); // these are few already
    graph->setPen(pen);
    // What runs up and down within every column fills it anyhow; wide and smooth it would take QPainter
    // a hundred times as long.
    const bool dense = points.size() > 2 * static_cast<std::size_t>(size_.width() * columns_);
    if (dense && pen.style() != Qt::NoPen) {
        QPen thin(pen.color(), 1);
        thin.setCosmetic(true);
        graph->setPen(thin);
        graph->setAntialiased(false);
    }
}

void PlotCanvas::add_line(const PlotLine& line, const PixelColumns& pixels)
{
    QPen pen(line.color, line.width);
    pen.setJoinStyle(Qt::RoundJoin);
    if (line.dashed)
        pen.setDashPattern({ 4, 3 });
    add_points(column_extremes(line.points, pixels), pen);
    // A line of one point would not be seen.
    const Curve lone = lone_points(line.points, pixels);
    if (lone.empty())
        return;
    add_points(lone, pen);
    QCPGraph* dots = graph();
    dots->setLineStyle(QCPGraph::lsNone);
    dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, line.color, line.width + 3.4));
}

void PlotCanvas::add_band(const PlotLine& line, const PixelColumns& pixels)
{
    Curve low;
    Curve high;
    // What reaches below a logarithmic axis ends at its lower end.
    const double least = yAxis->range().lower;
    for (const BandPoint& point : column_extremes(line.band, pixels)) {
        if (!has_place(point.high) || std::isnan(point.low))
            continue;
        low.push_back({ point.step, has_place(point.low) ? point.low : least });
        high.push_back({ point.step, point.high });
    }
    add_points(low, QPen(Qt::NoPen));
    QCPGraph* lower = graph();
    add_points(high, QPen(Qt::NoPen));
    graph()->setBrush(lighter(line.color, band_opacity));
    graph()->setChannelFillGraph(lower);
}

int PlotCanvas::painted_points() const
{
    int points = 0;
    for (int i = 0; i < graphCount(); ++i)
        points += graph(i)->dataCount();
    return points;
}

double PlotCanvas::height_at(const Curve& points, double step) const
{
    const auto piece = piece_at(points, step);
    if (!piece || !has_place(piece->first.value) || !has_place(piece->second.value))
        return nowhere;
    const double from = yAxis->coordToPixel(piece->first.value);
    const double begin = x_of(piece->first.step);
    const double width = x_of(piece->second.step) - begin;
    if (width <= 0)
        return from;
    return from
        + (yAxis->coordToPixel(piece->second.value) - from) * (x_of(step) - begin) / width;
}

} // namespace circuitloom::ui
