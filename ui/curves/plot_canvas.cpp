#include "ui/curves/plot_canvas.h"

#include "ui/base/measure_text.h"
#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

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
    for (const PlotLine& line : content.lines) {
        QCPGraph* graph = addGraph();
        QVector<double> steps;
        QVector<double> values;
        steps.reserve(static_cast<qsizetype>(line.points.size()));
        values.reserve(static_cast<qsizetype>(line.points.size()));
        for (const CurvePoint& point : line.points) {
            steps.append(point.step);
            values.append(point.value);
        }
        graph->setData(steps, values, true);
        QPen pen(line.color, line.width);
        pen.setJoinStyle(Qt::RoundJoin);
        if (line.dashed)
            pen.setDashPattern({ 4, 3 });
        graph->setPen(pen);
        // A line of one point would not be seen.
        if (line.points.size() == 1)
            graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, line.color, 5));
        graph->setVisible(!hidden.contains(line.name));
    }
    axisRect()->setMargins(
        { plot_margin::left, plot_margin::top, label_width(), plot_margin::bottom });
    apply_scale();
    apply_range();
}

void PlotCanvas::apply_scale()
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    if (content.from_zero)
        low = high = 0;
    for (const PlotLine& line : content.lines) {
        if (hidden.contains(line.name))
            continue;
        for (const CurvePoint& point : line.points) {
            if (!std::isfinite(point.value))
                continue;
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
    const double unit = content.notation == Notation::percent ? 100 : 1;
    AxisScale scale = round_scale(low * unit, high * unit);
    decimals_ = scale.decimals;
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const double tick : scale.ticks)
        ticker->addTick(tick / unit, shown_value(content.notation, tick / unit, scale.decimals));
    yAxis->setTicker(ticker);
    // Room for the width of a line that runs along the highest or lowest tick.
    const double room = (scale.high - scale.low) * 0.015;
    yAxis->setRange((scale.low - room) / unit, (scale.high + room) / unit);
}

void PlotCanvas::apply_range()
{
    xAxis->setRange(first, last > first ? last : first + 1);
    replot(QCustomPlot::rpQueuedReplot);
}

void PlotCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QString name = label_at(event->position());
    if (!name.isEmpty()) {
        if (!hidden.remove(name))
            hidden.insert(name);
        apply_content();
    } else if (axisRect()->outerRect().contains(event->pos())) {
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
    }
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const bool over_label = !label_at(event->position()).isEmpty();
    setCursor(over_label ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if ((event->buttons() & Qt::LeftButton) && !over_label)
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
}

void PlotCanvas::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT owner_.range_requested(0, content.last_step);
}

void PlotCanvas::wheelEvent(QWheelEvent* event)
{
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const double around = std::clamp(step_at(event->position().x()), first, last);
    const double from = std::max(0.0, around - (around - first) * factor);
    const double to = std::min(content.last_step, around + (last - around) * factor);
    if (to - from >= 2)
        Q_EMIT owner_.range_requested(from, to);
    event->accept();
}

} // namespace circuitloom::ui
