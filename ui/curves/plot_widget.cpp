// QCustomPlot's header uses Qt's keywords; nothing else of the project may.
#undef QT_NO_KEYWORDS
#undef QT_NO_FOREACH
#include <qcustomplot.h>

#include "ui/curves/plot_scale.h"
#include "ui/curves/plot_widget.h"
#include "ui/theme/scaled_font.h"

#include <QSet>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr int left_margin = 50;
constexpr int top_margin = 34;
constexpr int bottom_margin = 24;
constexpr int right_margin = 16;
constexpr int longest_label = 150; ///< pixels

/// A font size relative to the theme's.
QFont sized(const Theme& theme, double factor, bool bold = false)
{
    return scaled_font(theme.font(), factor, bold);
}

bool emphasised(const PlotLine& line)
{
    return line.width > 2;
}

} // namespace

/// What QCustomPlot draws the lines on; title, labels and cursor are a layer of its own, so that a
/// moving cursor repaints only them.
class PlotWidget::Canvas : public QCustomPlot
{
public:
    explicit Canvas(PlotWidget& owner);

    void apply_theme();
    void apply_content();
    void apply_range();
    void paint_overlay(QCPPainter& painter);
    QString label_at(const QPointF& point) const;
    double step_at(double x) const { return std::max(0.0, xAxis->pixelToCoord(x)); }

    Theme theme;
    PlotContent content;
    QSet<QString> hidden;
    double cursor_step = -1;
    double first = 0;
    double last = 1;

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Label
    {
        const PlotLine* line = nullptr;
        double y = 0;
        QString value;
    };
    std::vector<Label> labels() const;
    QRectF label_box(const Label& label) const;
    QString elided(const QString& name) const;
    int label_width() const;
    void apply_scale();
    void paint_title(QCPPainter& painter) const;
    void paint_cursor(QCPPainter& painter) const;
    void paint_labels(QCPPainter& painter) const;
    void paint_step_axis(QCPPainter& painter) const;

    PlotWidget& owner_;
    QCPLayerable* overlay_ = nullptr;
    int decimals_ = 1;
};

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

PlotWidget::Canvas::Canvas(PlotWidget& owner)
    : QCustomPlot(&owner)
    , owner_(owner)
{
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

void PlotWidget::Canvas::apply_theme()
{
    setBackground(QBrush(theme.panel));
    xAxis->setBasePen(Qt::NoPen);
    yAxis->setBasePen(Qt::NoPen);
    yAxis->setTickPen(Qt::NoPen);
    yAxis->setTickLabelColor(theme.dimText);
    yAxis->setTickLabelFont(sized(theme, 0.88));
    yAxis->grid()->setPen(QPen(theme.border, 1));
    apply_content();
}

void PlotWidget::Canvas::apply_content()
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
        graph->setVisible(!hidden.contains(line.name));
    }
    axisRect()->setMargins({ left_margin, top_margin, label_width(), bottom_margin });
    apply_scale();
    apply_range();
}

void PlotWidget::Canvas::apply_scale()
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
    const double unit = content.format == ValueFormat::percent ? 100 : 1;
    AxisScale scale = round_scale(low * unit, high * unit);
    decimals_ = scale.decimals;
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const double tick : scale.ticks)
        ticker->addTick(tick / unit, value_text(tick / unit, content.format, scale.decimals));
    yAxis->setTicker(ticker);
    // Room for the width of a line that runs along the highest or lowest tick.
    const double room = (scale.high - scale.low) * 0.015;
    yAxis->setRange((scale.low - room) / unit, (scale.high + room) / unit);
}

void PlotWidget::Canvas::apply_range()
{
    xAxis->setRange(first, last > first ? last : first + 1);
    replot(QCustomPlot::rpQueuedReplot);
}

QString PlotWidget::Canvas::elided(const QString& name) const
{
    return QFontMetrics(sized(theme, 0.88)).elidedText(name, Qt::ElideRight, longest_label - 46);
}

int PlotWidget::Canvas::label_width() const
{
    const QFontMetrics metrics(sized(theme, 0.88));
    const QFontMetrics bold(sized(theme, 0.88, true));
    int width = 0;
    for (const PlotLine& line : content.lines) {
        if (line.labelled)
            width = std::max(
                width, (emphasised(line) ? bold : metrics).horizontalAdvance(elided(line.name)));
    }
    if (width == 0)
        return right_margin;
    return width + metrics.horizontalAdvance(QStringLiteral(" 100 %")) + 18;
}

std::vector<PlotWidget::Canvas::Label> PlotWidget::Canvas::labels() const
{
    std::vector<Label> found;
    std::vector<double> wanted;
    const QRect area = axisRect()->rect();
    for (const PlotLine& line : content.lines) {
        if (!line.labelled || line.points.empty())
            continue;
        const double at = cursor_step < 0 ? last : cursor_step;
        const int decimals = content.format == ValueFormat::percent ? 0 : decimals_ + 1;
        found.push_back(
            { &line, 0, value_text(value_at(line.points, at), content.format, decimals) });
        wanted.push_back(std::clamp(yAxis->coordToPixel(line.points.back().value),
            static_cast<double>(area.top()), static_cast<double>(area.bottom())));
    }
    const double height = QFontMetrics(sized(theme, 0.88)).height();
    const std::vector<double> placed = spread_labels(wanted, height, area.top(), area.bottom());
    for (std::size_t i = 0; i < found.size(); ++i)
        found[i].y = placed[i];
    return found;
}

QRectF PlotWidget::Canvas::label_box(const Label& label) const
{
    const double height = QFontMetrics(sized(theme, 0.88)).height();
    const double left = axisRect()->right() + 8;
    return { left, label.y - height / 2, viewport().right() - left - 6, height };
}

QString PlotWidget::Canvas::label_at(const QPointF& point) const
{
    for (const Label& label : labels()) {
        if (label_box(label).contains(point))
            return label.line->name;
    }
    return {};
}

void PlotWidget::Canvas::paint_overlay(QCPPainter& painter)
{
    painter.setAntialiasing(true);
    paint_title(painter);
    paint_step_axis(painter);
    paint_cursor(painter);
    paint_labels(painter);
}

void PlotWidget::Canvas::paint_title(QCPPainter& painter) const
{
    const QRectF line(left_margin, 6, viewport().width() - left_margin - 4, top_margin - 12);
    const QFont plain = sized(theme, 1);
    const QFont bold = sized(theme, 1, true);
    QString value;
    QColor color;
    for (const PlotLine& headline : content.lines) {
        if (!headline.headline || cursor_step < 0 || headline.points.empty())
            continue;
        const int decimals = content.format == ValueFormat::percent ? 1 : decimals_ + 1;
        value = value_text(value_at(headline.points, cursor_step), content.format, decimals);
        color = headline.color;
    }
    // Where there is no room for both, the title tells more.
    const double title_width = QFontMetrics(bold).horizontalAdvance(content.title) + 10;
    if (title_width + QFontMetrics(plain).horizontalAdvance(value) > line.width())
        value.clear();
    const QString title = QFontMetrics(bold).elidedText(
        content.title, Qt::ElideRight, static_cast<int>(line.width()));
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(plain);
    painter.setPen(color);
    painter.drawText(line.adjusted(title_width, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, value);
}

void PlotWidget::Canvas::paint_step_axis(QCPPainter& painter) const
{
    painter.setFont(sized(theme, 0.88));
    painter.setPen(theme.dimText);
    const QRectF line(
        left_margin, axisRect()->bottom() + 4, axisRect()->width(), bottom_margin - 4);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        QCoreApplication::translate("PlotWidget", "step %1").arg(std::lround(first)));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QString::number(std::lround(last)));
}

void PlotWidget::Canvas::paint_cursor(QCPPainter& painter) const
{
    if (cursor_step < first || cursor_step > last)
        return;
    const double x = xAxis->coordToPixel(cursor_step);
    const QRect area = axisRect()->rect();
    QColor line = theme.text;
    line.setAlphaF(0.7F);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    for (const PlotLine& plotted : content.lines) {
        if (plotted.points.empty() || hidden.contains(plotted.name)
            || !(plotted.headline || plotted.labelled) || plotted.points.back().step < cursor_step)
            continue;
        const double y = yAxis->coordToPixel(value_at(plotted.points, cursor_step));
        if (!std::isfinite(y))
            continue;
        painter.setPen(QPen(theme.panel, 1));
        painter.setBrush(plotted.color);
        painter.drawEllipse(QPointF(x, y), 3, 3);
    }
}

void PlotWidget::Canvas::paint_labels(QCPPainter& painter) const
{
    for (const Label& label : labels()) {
        const bool off = hidden.contains(label.line->name);
        QFont font = sized(theme, 0.88, emphasised(*label.line));
        font.setStrikeOut(off);
        painter.setFont(font);
        painter.setPen(off ? theme.dimText : label.line->color);
        const QRectF box = label_box(label);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, elided(label.line->name));
        painter.setFont(sized(theme, 0.88));
        painter.setPen(theme.dimText);
        if (!off)
            painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, label.value);
    }
}

void PlotWidget::Canvas::mousePressEvent(QMouseEvent* event)
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

void PlotWidget::Canvas::mouseMoveEvent(QMouseEvent* event)
{
    const bool over_label = !label_at(event->position()).isEmpty();
    setCursor(over_label ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if ((event->buttons() & Qt::LeftButton) && !over_label)
        Q_EMIT owner_.step_requested(step_at(event->position().x()));
}

void PlotWidget::Canvas::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT owner_.range_requested(0, content.last_step);
}

void PlotWidget::Canvas::wheelEvent(QWheelEvent* event)
{
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const double around = std::clamp(step_at(event->position().x()), first, last);
    const double from = std::max(0.0, around - (around - first) * factor);
    const double to = std::min(content.last_step, around + (last - around) * factor);
    if (to - from >= 2)
        Q_EMIT owner_.range_requested(from, to);
    event->accept();
}

PlotWidget::PlotWidget(QWidget* parent)
    : QWidget(parent)
    , canvas_(std::make_unique<Canvas>(*this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(canvas_.get());
}

PlotWidget::~PlotWidget() = default;

void PlotWidget::set_theme(const Theme& theme)
{
    canvas_->theme = theme;
    canvas_->apply_theme();
}

void PlotWidget::set_content(const PlotContent& content)
{
    canvas_->content = content;
    setAccessibleName(content.title);
    canvas_->apply_content();
}

const PlotContent& PlotWidget::content() const
{
    return canvas_->content;
}

void PlotWidget::set_cursor(double step)
{
    if (canvas_->cursor_step == step)
        return;
    canvas_->cursor_step = step;
    canvas_->layer(QStringLiteral("cursor"))->replot();
}

void PlotWidget::set_range(double first, double last)
{
    if (canvas_->first == first && canvas_->last == last)
        return;
    canvas_->first = first;
    canvas_->last = last;
    canvas_->apply_range();
}

bool PlotWidget::line_hidden(const QString& name) const
{
    return canvas_->hidden.contains(name);
}

void paint_plots(QPaintDevice& device, std::span<const PlacedPlot> plots, const PlotPage& page)
{
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized, page.vectors);
    painter.fillRect(QRect({}, page.size), page.background);
    if (!page.caption.isEmpty()) {
        painter.setPen(page.text);
        painter.drawText(QPointF(left_margin, 22), page.caption);
    }
    for (const PlacedPlot& placed : plots) {
        painter.save();
        painter.translate(placed.where.topLeft());
        placed.plot->canvas_->toPainter(&painter, placed.where.width(), placed.where.height());
        painter.restore();
    }
}

} // namespace circuitloom::ui
