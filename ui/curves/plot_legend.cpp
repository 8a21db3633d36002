#include "ui/curves/plot_legend.h"

#include "ui/theme/scaled_font.h"

#include <QPainter>

namespace circuitloom::ui {

namespace {

constexpr double sample = 20; ///< pixels of the line
constexpr double gap = 5;
constexpr double between = 14;

} // namespace

void paint_plot_legend(
    QPainter& painter, const QRectF& where, const PlotContent& content, const Theme& theme)
{
    const QFont font = scaled_font(theme.font(), 0.88);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    double x = where.left();
    for (const PlotLine& line : content.lines) {
        const double room = where.right() - x - sample - gap;
        if (line.legend.isEmpty() || room <= 0)
            continue;
        QPen pen(line.color, line.width);
        if (line.dashed)
            pen.setDashPattern({ 4, 3 });
        painter.setPen(pen);
        painter.drawLine(QPointF(x, where.center().y()), QPointF(x + sample, where.center().y()));
        x += sample + gap;
        const QString text
            = metrics.elidedText(line.legend, Qt::ElideRight, static_cast<int>(room));
        painter.setPen(theme.dimText);
        painter.drawText(
            QRectF(x, where.top(), room, where.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += metrics.horizontalAdvance(text) + between;
    }
}

} // namespace circuitloom::ui
