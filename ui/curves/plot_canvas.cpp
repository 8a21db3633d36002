#include "ui/curves/plot_canvas.h"

#include "core/base/written_factor.h"
#include "ui/curves/place_text.h"
#include "ui/curves/plot_readout.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

#include <QApplication>
#include <QToolTip>

#include <algorithm>
#include <cmath>

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

void PlotCanvas::apply_margins()
{
    const double unit = written_factor(content.notation);
    const QFontMetrics metrics(yAxis->tickLabelFont());
    int widest = 0;
    for (const double tick : scale_.ticks)
        widest = std::max(widest, metrics.horizontalAdvance(text_.tick(tick / unit)));
    const bool has_legend = std::any_of(content.lines.begin(), content.lines.end(),
        [](const PlotLine& line) { return !line.legend.isEmpty(); });
    left_ = std::max(theme.scaled(plot_margin::left), widest + yAxis->tickLabelPadding() + 5);
    axisRect()->setMargins({ left_,
        theme.scaled(plot_margin::top + (has_legend ? plot_margin::legend : 0)), label_width(),
        theme.scaled(plot_margin::bottom) });
}

void PlotCanvas::apply_range()
{
    const double from = content.axis.along(first);
    const double to = content.axis.along(last);
    xAxis->setRange(from, to > from ? to : from + 1);
    apply_lines();
    replot(QCustomPlot::rpQueuedReplot);
}

void PlotCanvas::fit_to(const QSize& size, int columns)
{
    size_ = size;
    columns_ = columns;
    apply_margins();
    apply_ticks();
    apply_lines();
}

QSize PlotCanvas::least_size() const
{
    constexpr QSize least_lines(90, 48); // pixels between the axes
    constexpr std::ptrdiff_t most_labels = 60; // a longer list is scrolled
    const int text = QFontMetrics(scaled_font(theme.font(), 0.88)).height();
    const std::ptrdiff_t labels = content.labels_give_way ? 0 : std::ssize(labelled_);
    const std::ptrdiff_t texts
        = std::max(std::min(labels, most_labels), std::ssize(scale_.ticks));
    const int lines
        = std::max(least_lines.height(), text * static_cast<int>(std::max<std::ptrdiff_t>(texts, 1)));
    const QMargins margins = axisRect()->margins();
    const int right = labels > 0 ? static_cast<int>(labels_width_) : theme.scaled(plot_margin::right);
    const int beside = margins.left() + right;
    // Whole labels leave the lines half of the width.
    return { labels > 0 ? std::max(2 * beside, beside + least_lines.width())
                        : beside + least_lines.width(),
        margins.top() + lines + margins.bottom() };
}

void PlotCanvas::resizeEvent(QResizeEvent* event)
{
    fit_to(size(), qCeil(devicePixelRatioF()));
    QCustomPlot::resizeEvent(event); // draws at once
}

double PlotCanvas::step_at(double x) const
{
    return std::max(0.0, content.axis.place_at(xAxis->pixelToCoord(x)));
}

void PlotCanvas::toggle(const QString& name)
{
    if (!hidden.remove(name))
        hidden.insert(name);
    apply_content();
}

void PlotCanvas::zoom(double factor, double around)
{
    const HorizontalAxis& axis = content.axis;
    around = axis.along(std::clamp(around, first, last));
    const double left = axis.along(first);
    const double right = axis.along(last);
    const double from = std::max(0.0, axis.place_at(around - (around - left) * factor));
    const double to
        = std::min(content.last_step, axis.place_at(around + (right - around) * factor));
    const bool whole = !is_continuous(axis.quantity);
    if (to - from >= (whole ? 2.0 : content.last_step * 1e-4))
        Q_EMIT owner_.range_requested(from, to);
}

PlotCanvas::Dragged PlotCanvas::dragged_by(const QMouseEvent& event) const
{
    const QPoint at = event.pos();
    if (event.modifiers() & Qt::ShiftModifier)
        return Dragged::range;
    if (at.y() > axisRect()->bottom())
        return Dragged::range;
    if (editable && at.y() < theme.scaled(plot_margin::top))
        return Dragged::plot;
    return axisRect()->outerRect().contains(at) ? Dragged::cursor : Dragged::nothing;
}

void PlotCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    pressed_ = event->pos();
    moved_ = false;
    dragged_ = Dragged::nothing;
    const QString name = label_at(event->position());
    if (!name.isEmpty()) {
        toggle(name);
        return;
    }
    dragged_ = dragged_by(*event);
    const bool with_shift = event->modifiers() & Qt::ShiftModifier;
    if (dragged_ == Dragged::cursor || (dragged_ == Dragged::range && !with_shift))
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event)
{
    moved_ = moved_
        || (event->pos() - pressed_).manhattanLength() >= QApplication::startDragDistance();
    if (!(event->buttons() & Qt::LeftButton))
        dragged_ = Dragged::nothing;
    switch (dragged_) {
    case Dragged::cursor:
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
        break;
    case Dragged::range:
        if (moved_) {
            const auto [from, to] = std::minmax({ step_at(pressed_.x()), step_at(event->pos().x()) });
            Q_EMIT owner_.play_range_requested(from, to);
        }
        break;
    case Dragged::plot:
        if (moved_) {
            setCursor(Qt::ClosedHandCursor);
            Q_EMIT owner_.dragged_to(mapToGlobal(event->pos()));
        }
        return;
    case Dragged::nothing:
        setCursor(label_at(event->position()).isEmpty() ? Qt::ArrowCursor
                                                        : Qt::PointingHandCursor);
    }
    show_values_at(event->pos());
}

void PlotCanvas::mouseReleaseEvent(QMouseEvent*)
{
    dragged_ = Dragged::nothing;
    setCursor(Qt::ArrowCursor);
}

void PlotCanvas::show_values_at(const QPoint& position)
{
    const bool inside = axisRect()->rect().contains(position);
    double step = inside ? step_at(position.x()) : -1;
    if (!is_continuous(content.axis.quantity))
        step = std::round(step); // and so is what is asked for
    if (step != pointer_step) {
        pointer_step = step;
        overlay_->layer()->replot();
    }
    if (inside)
        QToolTip::showText(mapToGlobal(position + QPoint(12, 8)),
            plot_readout(content, hidden, text_, step, yAxis->pixelToCoord(position.y())), this);
    else if (const QString name = label_at(position); !name.isEmpty())
        QToolTip::showText(mapToGlobal(position + QPoint(12, 8)), name.toHtmlEscaped(), this);
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
