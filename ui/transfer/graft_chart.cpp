#include "ui/transfer/graft_chart.h"

#include "core/base/number_text.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace circuitloom::ui {

namespace {

constexpr double small_font = 0.85; ///< of the usual one
constexpr double line_width = 1.8;
constexpr double band_opacity = 0.2;
constexpr double part_width = 9; ///< pixels around a share that are its own

QString share_text(double share)
{
    return QString::fromStdString(short_percent(share));
}

} // namespace

GraftChart::GraftChart(QWidget* parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // numbers run to the right in every language
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Figure by the share of the change that is kept"));
}

void GraftChart::set_content(Content content)
{
    content_ = std::move(content);
    std::set<double> shares;
    std::vector<double> seen;
    for (const Line& line : content_.lines)
        for (const Point& point : line.points) {
            shares.insert(point.share);
            seen.push_back(point.value - point.deviation);
            seen.push_back(point.value + point.deviation);
        }
    shares_.assign(shares.begin(), shares.end());
    least_ = seen.empty() ? 0 : *std::ranges::min_element(seen);
    greatest_ = seen.empty() ? 1 : *std::ranges::max_element(seen);
    const double room = std::max(0.06 * (greatest_ - least_), 1e-6);
    least_ -= room;
    greatest_ += room;
    if (current_ >= shares_.size())
        current_.reset();
    QStringList sentences;
    for (int i = 0; i < part_count(); ++i)
        sentences << part_text(i);
    setAccessibleName(content_.title.isEmpty()
            ? tr("Figure by the share of the change that is kept")
            : tr("%1 by the share of the change that is kept").arg(content_.title));
    setAccessibleDescription(sentences.join(QStringLiteral("; ")));
    update();
}

void GraftChart::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

QRectF GraftChart::area() const
{
    const QFontMetrics metrics(scaled_font(font(), small_font));
    const double left = metrics.horizontalAdvance(QStringLiteral("100.0 %")) + 8.0;
    return QRectF(rect()).adjusted(
        left, 2.0 * fontMetrics().height() + 4, -24, -metrics.height() - 6.0);
}

QPointF GraftChart::place_of(double share, double value) const
{
    const QRectF where = area();
    return { where.left() + share * where.width(),
        where.bottom() - (value - least_) / (greatest_ - least_) * where.height() };
}

void GraftChart::paint_axes(QPainter& painter) const
{
    const QRectF where = area();
    const int line = painter.fontMetrics().height();
    for (const double value : { least_, (least_ + greatest_) / 2, greatest_ }) {
        const double y = place_of(0, value).y();
        painter.setPen(theme_.faint);
        painter.drawLine(QPointF(where.left(), y), QPointF(where.right(), y));
        painter.setPen(theme_.dimText);
        painter.drawText(QRectF(0, y - line / 2.0, where.left() - 4, line),
            Qt::AlignRight | Qt::AlignVCenter,
            content_.value_text ? content_.value_text(value) : QString());
    }
    for (const double share : { 0.0, 0.25, 0.5, 0.75, 1.0 }) {
        const QString text = share_text(share);
        const double width = painter.fontMetrics().horizontalAdvance(text) + 2.0;
        painter.drawText(
            QRectF(place_of(share, 0).x() - width / 2, where.bottom() + 3, width, line),
            Qt::AlignCenter, text);
    }
}

void GraftChart::paint_line(QPainter& painter, const Line& line) const
{
    QPolygonF upper;
    QPolygonF lower;
    QPolygonF middle;
    bool has_band = false;
    for (const Point& point : line.points) {
        middle << place_of(point.share, point.value);
        upper << place_of(point.share, point.value + point.deviation);
        lower.prepend(place_of(point.share, point.value - point.deviation));
        has_band = has_band || point.deviation > 0;
    }
    if (has_band) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(faded(line.color, band_opacity));
        painter.drawPolygon(upper + lower);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(line.color, line_width, line.dashed ? Qt::DashLine : Qt::SolidLine));
    painter.drawPolyline(middle);
    painter.setBrush(line.color);
    for (const QPointF& point : middle)
        painter.drawEllipse(point, 2, 2);
}

void GraftChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme_.text);
    painter.drawText(rect(), Qt::AlignTop | Qt::AlignLeft, content_.title);
    painter.setFont(scaled_font(font(), small_font));
    paint_axes(painter);
    double left = area().left();
    const double top = fontMetrics().height() + 2.0;
    for (const Line& line : content_.lines) {
        paint_line(painter, line);
        painter.setPen(line.color);
        const double width = painter.fontMetrics().horizontalAdvance(line.name) + 12.0;
        painter.drawText(QRectF(left, top, width, painter.fontMetrics().height()),
            Qt::AlignLeft | Qt::AlignVCenter, line.name);
        left += width;
    }
    if (current_) {
        const double x = place_of(shares_[*current_], 0).x();
        painter.setPen(QPen(theme_.selection, 1));
        painter.drawLine(QPointF(x, area().top()), QPointF(x, area().bottom()));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme_.accent, 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

int GraftChart::part_count() const
{
    return static_cast<int>(shares_.size());
}

QString GraftChart::part_text(int part) const
{
    const double share = shares_[static_cast<std::size_t>(part)];
    QStringList parts;
    for (const Line& line : content_.lines)
        for (const Point& point : line.points)
            if (point.share == share && content_.value_text)
                parts << tr("%1 %2").arg(line.name, content_.value_text(point.value));
    return tr("%1 kept: %2").arg(share_text(share), parts.join(QStringLiteral(", ")));
}

QRectF GraftChart::part_rect(int part) const
{
    const double x = place_of(shares_[static_cast<std::size_t>(part)], 0).x();
    return { x - part_width / 2, area().top(), part_width, area().height() };
}

void GraftChart::point_at(std::optional<std::size_t> place)
{
    if (place == current_)
        return;
    current_ = place;
    Q_EMIT pointed_at(place ? part_text(static_cast<int>(*place)) : QString());
    update();
}

void GraftChart::mouseMoveEvent(QMouseEvent* event)
{
    if (shares_.empty())
        return;
    const auto nearest = std::ranges::min_element(shares_, {},
        [&](double share) { return std::abs(place_of(share, 0).x() - event->position().x()); });
    point_at(static_cast<std::size_t>(nearest - shares_.begin()));
}

void GraftChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    point_at(std::nullopt);
}

void GraftChart::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || shares_.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int last = static_cast<int>(shares_.size()) - 1;
    point_at(static_cast<std::size_t>(
        std::clamp(current_ ? static_cast<int>(*current_) + step : 0, 0, last)));
}

} // namespace circuitloom::ui
