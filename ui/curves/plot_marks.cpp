// What a plot's canvas paints at places of its axis: the cursor, what is played, and values that have
// no place.
#include "ui/curves/plot_canvas.h"

#include "ui/theme/scaled_font.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

/// A triangle with its tip at `tip`, which points up or down.
QPolygonF arrow_head(const QPointF& tip, bool up)
{
    const double base = tip.y() + (up ? 6 : -6);
    return { { tip, { tip.x() - 4, base }, { tip.x() + 4, base } } };
}

} // namespace

void PlotCanvas::paint_infinite(QCPPainter& painter) const
{
    const QRect area = axisRect()->rect();
    painter.setPen(Qt::NoPen);
    double last_up = -1;
    double last_down = -1;
    QColor before;
    for (const auto& [point, color] : infinite_) {
        if (point.step < first || point.step > last)
            continue;
        const bool up = point.value > 0;
        const double x = x_of(point.step);
        const bool beside = std::abs(x - (up ? last_up : last_down)) < 1 && color == before;
        if (beside) // on the same pixel
            continue;
        (up ? last_up : last_down) = x;
        before = color;
        painter.setBrush(color);
        painter.drawPolygon(
            arrow_head({ x, static_cast<double>(up ? area.top() : area.bottom()) }, up));
    }
}

void PlotCanvas::paint_unplaced(QCPPainter& painter) const
{
    if (unplaced_ == 0)
        return;
    const QFont font = scaled_font(theme.font(), 0.88);
    const QString text = QCoreApplication::translate(
        "PlotWidget", "%n value(s) ≤ 0 not drawn", nullptr, static_cast<int>(unplaced_));
    const QRectF area(axisRect()->rect());
    const QFontMetrics metrics(font);
    const QString shown
        = metrics.elidedText(text, Qt::ElideRight, static_cast<int>(area.width()) - 8);
    const QRectF box(area.left() + 2, area.bottom() - metrics.height() - 2,
        metrics.horizontalAdvance(shown) + 6, metrics.height() + 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.panel);
    painter.drawRect(box);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, shown);
}

void PlotCanvas::paint_play_range(QCPPainter& painter) const
{
    if (!play_range)
        return;
    const QRectF area(axisRect()->rect());
    const double from = std::clamp(x_of(play_range->first), area.left(), area.right());
    const double to = std::clamp(x_of(play_range->second), area.left(), area.right());
    if (to <= from)
        return;
    QColor band = theme.accent;
    band.setAlphaF(0.12F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(band);
    painter.drawRect(QRectF(from, area.top(), to - from, area.height()));
    painter.setBrush(theme.accent);
    painter.drawRect(QRectF(from, area.bottom(), to - from, 2));
}

void PlotCanvas::paint_cursor(QCPPainter& painter) const
{
    const QRect area = axisRect()->rect();
    // Those whose values at the cursor are written somewhere.
    std::vector<const PlotLine*> with_values;
    for (const PlotLine& line : content.lines)
        if (line.headline && is_shown(line))
            with_values.push_back(&line);
    for (const PlotLine* line : shown_labels())
        if (!line->headline && is_shown(*line))
            with_values.push_back(line);
    const auto paint_at = [&](double step, Qt::PenStyle style) {
        if (step < first || step > last)
            return;
        const double x = x_of(step);
        QColor line = theme.text;
        line.setAlphaF(0.7F);
        painter.setPen(QPen(line, 1, style));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        for (const PlotLine* plotted : with_values) {
            const double y = height_at(plotted->points, step);
            if (std::isnan(y))
                continue;
            painter.setPen(QPen(theme.panel, 1));
            painter.setBrush(plotted->color);
            painter.drawEllipse(QPointF(x, y), 3, 3);
        }
    };
    paint_at(cursor_step, Qt::SolidLine);
    if (pointer_step != cursor_step)
        paint_at(pointer_step, Qt::DotLine);
}

} // namespace circuitloom::ui
