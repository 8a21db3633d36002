#include "ui/dynamics/iteration_axis.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cstdint>

namespace circuitloom::ui {

std::vector<int> round_ticks(int count, int room, int each)
{
    const std::int64_t most = std::max(1, room / std::max(1, each));
    std::int64_t step = 1;
    for (std::int64_t power = 1; step * most < count; power *= 10)
        for (const int factor : { 1, 2, 5 }) {
            step = factor * power;
            if (step * most >= count)
                break;
        }
    std::vector<int> ticks;
    for (std::int64_t tick = 0; tick < std::max(1, count); tick += step)
        ticks.push_back(static_cast<int>(tick));
    return ticks;
}

void paint_iteration_axis(
    QPainter& painter, const QRect& axis, int left, int right, int count, const Theme& theme)
{
    if (count > 0 && right > left)
        paint_number_axis(painter, axis, count, right - left,
            [&](int tick) { return left + (tick + 0.5) * (right - left) / count; },
            QCoreApplication::translate("IterationAxis", "iteration"), theme);
}

void paint_number_axis(QPainter& painter, const QRect& axis, int count, int room,
    const std::function<double(int)>& x_of, const QString& title, const Theme& theme)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QString last = QString::number(count - 1);
    const int each = std::max(metrics.horizontalAdvance(last) + 16, 30);
    int free_from = axis.left();
    const int title_left = axis.right() + 1 - metrics.horizontalAdvance(title);
    painter.setPen(theme.dimText);
    painter.drawText(axis.adjusted(0, 3, 0, 0), Qt::AlignRight | Qt::AlignVCenter, title);
    for (const int tick : round_ticks(count, room, each)) {
        const double middle = x_of(tick);
        const QString text = QString::number(tick);
        const int width = metrics.horizontalAdvance(text);
        const int from = std::max(static_cast<int>(middle) - width / 2, axis.left());
        if (from < free_from || from + width + 8 > title_left)
            continue;
        painter.setPen(theme.outline);
        painter.drawLine(QPointF(middle, axis.top()), QPointF(middle, axis.top() + 3));
        painter.setPen(theme.dimText);
        painter.drawText(QRect(from, axis.top() + 3, width + 2, axis.height() - 3),
            Qt::AlignLeft | Qt::AlignVCenter, text);
        free_from = from + width + 8;
    }
}

} // namespace circuitloom::ui
