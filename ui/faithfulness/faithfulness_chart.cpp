#include "ui/faithfulness/faithfulness_chart.h"

#include "core/analysis/spread.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double small_font = 0.85; ///< of the usual one
constexpr double least_step = 40; ///< pixels between two ticks of the vertical axis
constexpr double part_width = 9; ///< pixels around a point that are its own

double greatest_size(const FaithfulnessCurveData& curve)
{
    return std::max(2, curve.about().edges);
}

} // namespace

FaithfulnessChart::FaithfulnessChart(QWidget* parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // numbers run to the right in every language
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Faithfulness by the number of edges kept"));
}

void FaithfulnessChart::set_curve(const FaithfulnessCurveData& curve)
{
    curve_ = curve;
    least_ = 0;
    greatest_ = 1;
    QStringList points;
    for (const FaithfulnessOfSize& point : curve_.points()) {
        std::vector<double> seen = point.random;
        if (point.faithfulness)
            seen.push_back(*point.faithfulness);
        for (const double f : seen) {
            least_ = std::min(least_, f);
            greatest_ = std::max(greatest_, f);
        }
    }
    for (int i = 0; i < part_count(); ++i)
        points << part_text(i);
    const double room = 0.06 * (greatest_ - least_);
    least_ -= room;
    greatest_ += room;
    if (current_ >= curve_.points().size())
        current_.reset();
    setAccessibleDescription(points.join(QStringLiteral("; ")));
    update();
}

void FaithfulnessChart::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

int FaithfulnessChart::part_count() const
{
    return static_cast<int>(curve_.points().size());
}

QString FaithfulnessChart::part_text(int part) const
{
    return point_text(curve_.points()[static_cast<std::size_t>(part)], curve_.about());
}

QRectF FaithfulnessChart::part_rect(int part) const
{
    const double x = place_of(curve_.points()[static_cast<std::size_t>(part)].edges, 0).x();
    return { x - part_width / 2, area().top(), part_width, area().height() };
}

QRectF FaithfulnessChart::area() const
{
    const QFontMetrics metrics(scaled_font(font(), small_font));
    const double left = metrics.horizontalAdvance(QStringLiteral("−0.5")) + 8.0;
    return QRectF(rect()).adjusted(left, metrics.height() + 2.0, -8, -2.0 * metrics.height() - 4);
}

QPointF FaithfulnessChart::place_of(int edges, double f) const
{
    const QRectF where = area();
    const double x = std::log(std::max(1, edges)) / std::log(greatest_size(curve_));
    return { where.left() + x * where.width(),
        where.bottom() - (f - least_) / (greatest_ - least_) * where.height() };
}

void FaithfulnessChart::paintEvent(QPaintEvent*)
{
    if (curve_.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint_axes(painter);
    paint_random(painter);
    paint_curve(painter);
    if (hasFocus()) {
        painter.setPen(theme_.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void FaithfulnessChart::paint_axes(QPainter& painter) const
{
    painter.setFont(scaled_font(font(), small_font));
    const QFontMetrics metrics = painter.fontMetrics();
    const QRectF where = area();
    const double spread = greatest_ - least_;
    double step = 0.5;
    while (step / spread * where.height() < least_step)
        step *= 2;
    for (double f = std::ceil(least_ / step) * step; f <= greatest_; f += step) {
        const double y = place_of(1, f).y();
        const bool end = std::abs(f) < 1e-9 || std::abs(f - 1) < 1e-9;
        painter.setPen(QPen(end ? theme_.outline : theme_.border, 1));
        painter.drawLine(QPointF(where.left(), y), QPointF(where.right(), y));
        painter.setPen(theme_.dimText);
        const QString number = QString::number(f + 0.0, 'g', 3).replace(u'-', u'−');
        painter.drawText(QRectF(0, y - metrics.height() / 2.0, where.left() - 6, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, std::abs(f) < 1e-9 ? QStringLiteral("0") : number);
    }
    for (int edges = 1; edges <= curve_.about().edges; edges *= 10) {
        const double x = place_of(edges, 0).x();
        painter.setPen(theme_.faint);
        painter.drawLine(QPointF(x, where.bottom()), QPointF(x, where.bottom() + 4));
        painter.setPen(theme_.dimText);
        const QString number = QString::number(edges);
        const double width = metrics.horizontalAdvance(number) + 2.0;
        painter.drawText(QRectF(x - width / 2, where.bottom() + 4, width, metrics.height()),
            Qt::AlignHCenter | Qt::AlignTop, number);
        if (edges > curve_.about().edges / 10)
            break; // before it is more than an int holds
    }
    painter.drawText(QRectF(where.left(), where.bottom() + 4 + metrics.height(), where.width(),
                         metrics.height()),
        Qt::AlignCenter, tr("edges kept, of %1").arg(curve_.about().edges));
    if (const int circuit = curve_.about().circuit; circuit > 0) {
        const double x = place_of(circuit, 0).x();
        painter.setPen(QPen(theme_.selection, 1.2, Qt::DashLine));
        painter.drawLine(QPointF(x, where.top()), QPointF(x, where.bottom()));
        painter.setPen(theme_.text);
        const QString text = tr("stored circuit, N = %1").arg(circuit);
        const double width = metrics.horizontalAdvance(text) + 2;
        painter.drawText(
            QRectF(std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width)), 0, width,
                metrics.height()),
            Qt::AlignCenter, text);
    }
}

void FaithfulnessChart::paint_random(QPainter& painter) const
{
    QPolygonF upper;
    QPolygonF lower;
    QPolygonF mean;
    for (const FaithfulnessOfSize& point : curve_.points()) {
        if (point.random.empty())
            continue;
        const Spread spread = spread_of(point.random);
        upper << place_of(point.edges, spread.mean + spread.deviation);
        lower.prepend(place_of(point.edges, spread.mean - spread.deviation));
        mean << place_of(point.edges, spread.mean);
    }
    if (mean.isEmpty())
        return;
    painter.save();
    painter.setClipRect(area().adjusted(-1, -1, 1, 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(theme_.dimText, 0.22));
    painter.drawPolygon(upper + lower);
    painter.setPen(QPen(theme_.dimText, 1.4, Qt::DashLine));
    painter.drawPolyline(mean);
    painter.restore();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.dimText);
    for (const QPointF& place : mean)
        painter.drawEllipse(place, 2, 2);
}

void FaithfulnessChart::paint_curve(QPainter& painter) const
{
    QPolygonF line;
    for (const FaithfulnessOfSize& point : curve_.points())
        if (point.faithfulness)
            line << place_of(point.edges, *point.faithfulness);
    painter.setPen(QPen(theme_.accent, 1.8));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    for (std::size_t i = 0; i < curve_.points().size(); ++i) {
        const FaithfulnessOfSize& point = curve_.points()[i];
        if (!point.faithfulness)
            continue;
        const bool stored = point.edges == curve_.about().circuit;
        painter.setPen(i == current_ ? QPen(theme_.text, 1.6) : QPen(Qt::NoPen));
        painter.setBrush(stored ? theme_.selection : theme_.accent);
        painter.drawEllipse(
            place_of(point.edges, *point.faithfulness), stored ? 4.5 : 3.0, stored ? 4.5 : 3.0);
    }
}

void FaithfulnessChart::point_at(std::optional<std::size_t> point)
{
    current_ = point;
    Q_EMIT pointed_at(point ? part_text(static_cast<int>(*point)) : QString());
    update();
}

void FaithfulnessChart::mouseMoveEvent(QMouseEvent* event)
{
    const auto& points = curve_.points();
    if (points.empty())
        return;
    const auto distance = [&](const FaithfulnessOfSize& point) {
        return std::abs(place_of(point.edges, 0).x() - event->position().x());
    };
    point_at(
        static_cast<std::size_t>(std::ranges::min_element(points, {}, distance) - points.begin()));
}

void FaithfulnessChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    point_at(std::nullopt);
}

void FaithfulnessChart::keyPressEvent(QKeyEvent* event)
{
    const auto count = std::ssize(curve_.points());
    if ((event->key() != Qt::Key_Up && event->key() != Qt::Key_Down) || count == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::ptrdiff_t to = !current_
        ? 0
        : static_cast<std::ptrdiff_t>(*current_) + (event->key() == Qt::Key_Down ? 1 : -1);
    point_at(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, count - 1)));
}

} // namespace circuitloom::ui
