#include "ui/dynamics/movement_view.h"

#include "ui/dynamics/iteration_axis.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int gap = 10;

} // namespace

int MovementView::row_height() const
{
    return text_lines_ == 0 ? fontMetrics().height() + 9
                            : (text_lines_ + 1) * fontMetrics().height() + 14;
}

QRectF MovementView::track(std::size_t line) const
{
    const double top = static_cast<double>(line) * row_height();
    if (text_lines_ > 0)
        return { 5, top + text_lines_ * fontMetrics().height() + 6,
            std::max(10.0, canvas_->width() - 10.0), fontMetrics().height() + 3.0 };
    const int left = name_width_ + gap;
    return { static_cast<double>(left), top + 3,
        std::max(10.0, canvas_->width() - left - values_width_ - gap - 4.0), row_height() - 6.0 };
}

QRectF MovementView::name_box(std::size_t line) const
{
    const double top = static_cast<double>(line) * row_height();
    if (text_lines_ == 0)
        return { 0, top, track(line).left() - gap, static_cast<double>(row_height()) };
    const double end = text_lines_ == 1 ? values_box(line).left() - gap : canvas_->width() - 5.0;
    return { 5, top + 3, std::max(0.0, end - 5), static_cast<double>(fontMetrics().height()) };
}

QRectF MovementView::values_box(std::size_t line) const
{
    const double top = static_cast<double>(line) * row_height();
    if (text_lines_ > 0) {
        const int width = std::min(values_width(lines_[line]), canvas_->width() - 10);
        return { canvas_->width() - 5.0 - width,
            top + 3 + (text_lines_ - 1) * fontMetrics().height(), static_cast<double>(width),
            static_cast<double>(fontMetrics().height()) };
    }
    const double left = track(line).right() + gap;
    return { left, top, canvas_->width() - left, static_cast<double>(row_height()) };
}

double MovementView::x_of(double step) const
{
    const QRectF where = track(0);
    return where.left() + step / last_step() * where.width();
}

void MovementView::paint(QPainter& painter) const
{
    if (lines_.empty()) {
        painter.setPen(theme().dimText);
        if (const auto progress = dynamics().progress)
            painter.drawText(canvas_->rect(), Qt::AlignCenter,
                tr("Computing: %1 %").arg(100 * *progress, 0, 'f', 0));
        return;
    }
    const double bottom = track(lines_.size() - 1).bottom();
    if (circuit_halfway_) {
        painter.setPen(QPen(theme().outline, 1, Qt::DashLine));
        const double x = x_of(*circuit_halfway_);
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
    }
    for (std::size_t line = 0; line < lines_.size(); ++line)
        paint_line(painter, line);
    const QRectF where = track(0);
    painter.setFont(canvas_->font());
    paint_number_axis(
        painter,
        QRect(0, static_cast<int>(bottom) + 3, canvas_->width(), fontMetrics().height() + 5),
        last_step() + 1, static_cast<int>(where.width()), [this](int step) { return x_of(step); },
        tr("step"), theme());
    const int shown = shown_iteration();
    if (shown >= 0) {
        const double x = x_of(scores().step(shown));
        painter.setPen(QPen(theme().accent, 1.4));
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
    }
}

void MovementView::paint_line(QPainter& painter, std::size_t number) const
{
    const Line& line = lines_[number];
    const QRectF where = track(number);
    const QRectF row(0, static_cast<double>(number) * row_height(), canvas_->width(), row_height());
    if (static_cast<int>(number) == current_ && canvas_->hasFocus())
        painter.fillRect(row, theme().selectedItem);
    painter.setFont(scaled_font(canvas_->font(), 1, line.circuit));
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(line.movement ? theme().text : theme().dimText);
    const QRectF names = name_box(number);
    const bool above = text_lines_ > 0;
    painter.drawText(names, (above ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
        metrics.elidedText(line.name, Qt::ElideMiddle, static_cast<int>(names.width())));
    const QRectF values = values_box(number);
    painter.setFont(canvas_->font());
    painter.drawText(values, (above ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
        fontMetrics().elidedText(
            written_values(line), Qt::ElideRight, static_cast<int>(std::ceil(values.width()))));

    painter.setPen(theme().faint);
    painter.drawLine(QPointF(where.left(), where.bottom()), QPointF(where.right(), where.bottom()));
    if (!line.movement)
        return;
    const Movement& moved = *line.movement;
    const QColor color = line.circuit ? theme().accent : theme().text;
    painter.fillRect(QRectF(QPointF(x_of(moved.largest_from), where.top()),
                         QPointF(x_of(moved.largest_to), where.bottom())),
        faded(color, 0.22));
    // From its first value at the bottom to the farthest at the top.
    QPolygonF curve;
    for (const CurvePoint& point : line.points)
        if (std::isfinite(point.value))
            curve << QPointF(x_of(point.step),
                where.bottom()
                    - std::clamp(
                          (point.value - moved.first) / (moved.farthest - moved.first), -0.1, 1.1)
                        * where.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(faded(color, 0.8), 1.3));
    painter.drawPolyline(curve);
    painter.setPen(QPen(theme().panel, 1.5));
    painter.setBrush(color);
    painter.drawEllipse(QPointF(x_of(moved.halfway_step), where.center().y()), 4.5, 4.5);
}

} // namespace circuitloom::ui
