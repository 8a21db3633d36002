#include "ui/curves/plot_canvas.h"

#include "ui/curves/plot_readout.h"
#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

#include <QToolTip>

#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

/// Calls back to draw on the layer it is put on.
class Overlay : public QCPLayerable
{
public:
    Overlay(QCustomPlot* plot, const QString& layer, std::function<void(QCPPainter&)> paint)
        : QCPLayerable(plot, layer)
        , paint_(std::move(paint))
    {
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override
    {
        painter->setAntialiasing(true);
    }
    void draw(QCPPainter* painter) override { paint_(*painter); }

private:
    std::function<void(QCPPainter&)> paint_;
};

} // namespace

PlotCanvas::PlotCanvas(PlotWidget& owner)
    : QCustomPlot(&owner)
    , owner_(owner)
{
    // Lines are labelled at their ends; QCustomPlot would look through its legend for every new one.
    setAutoAddPlottableToLegend(false);
    const QString cursor_layer = QStringLiteral("cursor");
    addLayer(cursor_layer);
    layer(cursor_layer)->setMode(QCPLayer::lmBuffered);
    overlay_
        = new Overlay(this, cursor_layer, [this](QCPPainter& painter) { paint_overlay(painter); });
    axisRect()->setAutoMargins(QCP::msNone);
    xAxis->setTickLabels(false);
    xAxis->setTicks(false);
    xAxis->grid()->setVisible(false);
    yAxis->setTicks(true);
    yAxis->setTickLength(0);
    yAxis->setSubTicks(false);
    yAxis->setTickLabelPadding(7);
    yAxis->setNumberFormat(QStringLiteral("g")); // powers as AxisText writes them
    yAxis->grid()->setZeroLinePen(Qt::NoPen);
    setNoAntialiasingOnDrag(false);
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
}

void PlotCanvas::apply_theme()
{
    setBackground(QBrush(theme.panel));
    xAxis->setBasePen(Qt::NoPen);
    yAxis->setBasePen(Qt::NoPen);
    yAxis->setTickPen(Qt::NoPen);
    yAxis->setTickLabelColor(theme.dimText);
    yAxis->setTickLabelFont(scaled_font(theme.font(), 0.88));
    yAxis->grid()->setPen(QPen(theme.border, 1));
    apply_content();
}

void PlotCanvas::apply_content()
{
    clearGraphs();
    infinite_.clear();
    for (const PlotLine& line : content.lines)
        if (!hidden.contains(line.name))
            add_line(line);
    apply_scale();
    apply_margins();
    sort_labels();
    apply_range();
}

void PlotCanvas::add_line(const PlotLine& line)
{
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    QVector<double> steps;
    QVector<double> values;
    QVector<double> lone_steps;
    QVector<double> lone_values;
    steps.reserve(static_cast<qsizetype>(line.points.size()));
    values.reserve(static_cast<qsizetype>(line.points.size()));
    const auto drawn = [&line](std::size_t i) {
        return i < line.points.size() && std::isfinite(line.points[i].value);
    };
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        const CurvePoint& point = line.points[i];
        steps.append(point.step);
        values.append(drawn(i) ? point.value : nothing); // nothing is a gap
        if (std::isinf(point.value))
            infinite_.emplace_back(point, line.color);
        // A line of one point would not be seen.
        if (drawn(i) && !drawn(i - 1) && !drawn(i + 1)) {
            lone_steps.append(point.step);
            lone_values.append(point.value);
        }
    }
    QPen pen(line.color, line.width);
    pen.setJoinStyle(Qt::RoundJoin);
    if (line.dashed)
        pen.setDashPattern({ 4, 3 });
    QCPGraph* graph = addGraph();
    graph->setData(steps, values, true);
    graph->setPen(pen);
    if (lone_steps.isEmpty())
        return;
    QCPGraph* dots = addGraph();
    dots->setData(lone_steps, lone_values, true);
    dots->setLineStyle(QCPGraph::lsNone);
    dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, line.color, line.width + 3.4));
}

void PlotCanvas::apply_scale()
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto see = [&low, &high](double value) {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    };
    if (content.from_zero)
        see(0);
    for (const double value : content.also_seen)
        see(value);
    for (const PlotLine& line : content.lines) {
        if (hidden.contains(line.name))
            continue;
        for (const CurvePoint& point : line.points)
            see(point.value);
    }
    const double unit = content.notation == Notation::percent ? 100 : 1;
    scale_ = round_scale(low * unit, high * unit);
    text_ = AxisText(content.notation, scale_);
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const double tick : scale_.ticks)
        ticker->addTick(tick / unit, text_.tick(tick / unit));
    yAxis->setTicker(ticker);
    // Room for the width of a line that runs along the highest or lowest tick.
    const double room = (scale_.high - scale_.low) * 0.015;
    yAxis->setRange((scale_.low - room) / unit, (scale_.high + room) / unit);
}

void PlotCanvas::apply_margins()
{
    const double unit = content.notation == Notation::percent ? 100 : 1;
    const QFontMetrics metrics(yAxis->tickLabelFont());
    int widest = 0;
    for (const double tick : scale_.ticks)
        widest = std::max(widest, metrics.horizontalAdvance(text_.tick(tick / unit)));
    const bool has_legend = std::any_of(content.lines.begin(), content.lines.end(),
        [](const PlotLine& line) { return !line.legend.isEmpty(); });
    axisRect()->setMargins({ std::max(plot_margin::left, widest + yAxis->tickLabelPadding() + 5),
        plot_margin::top + (has_legend ? plot_margin::legend : 0), label_width(),
        plot_margin::bottom });
}

void PlotCanvas::apply_range()
{
    xAxis->setRange(first, last > first ? last : first + 1);
    replot(QCustomPlot::rpQueuedReplot);
}

void PlotCanvas::toggle(const QString& name)
{
    if (!hidden.remove(name))
        hidden.insert(name);
    apply_content();
}

void PlotCanvas::zoom(double factor, double around)
{
    around = std::clamp(around, first, last);
    const double from = std::max(0.0, around - (around - first) * factor);
    const double to = std::min(content.last_step, around + (last - around) * factor);
    if (to - from >= 2)
        Q_EMIT owner_.range_requested(from, to);
}

void PlotCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QString name = label_at(event->position());
    if (!name.isEmpty())
        toggle(name);
    else if (axisRect()->outerRect().contains(event->pos()))
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const bool over_label = !label_at(event->position()).isEmpty();
    setCursor(over_label ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if ((event->buttons() & Qt::LeftButton) && !over_label)
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
    show_values_at(event->pos());
}

void PlotCanvas::show_values_at(const QPoint& position)
{
    const bool inside = axisRect()->rect().contains(position);
    // The steps are whole numbers, and so is what is asked for.
    const double step = inside ? std::round(step_at(position.x())) : -1;
    if (step != pointer_step) {
        pointer_step = step;
        overlay_->layer()->replot();
    }
    if (inside)
        QToolTip::showText(mapToGlobal(position + QPoint(12, 8)),
            plot_readout(content, hidden, text_, step, yAxis->pixelToCoord(position.y())), this);
    else if (QToolTip::isVisible())
        QToolTip::hideText();
}

void PlotCanvas::leaveEvent(QEvent* event)
{
    show_values_at({ -1, -1 });
    QCustomPlot::leaveEvent(event);
}

void PlotCanvas::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT owner_.range_requested(0, content.last_step);
}

void PlotCanvas::wheelEvent(QWheelEvent* event)
{
    if (!has_all_labels() && event->position().x() > axisRect()->right()) {
        scroll_labels(event->angleDelta().y() > 0 ? -3 : 3);
        overlay_->layer()->replot();
        event->accept();
        return;
    }
    zoom(std::pow(0.85, event->angleDelta().y() / 120.0), step_at(event->position().x()));
    event->accept();
}

} // namespace circuitloom::ui
