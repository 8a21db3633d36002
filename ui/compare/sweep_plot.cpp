#include "ui/compare/sweep_plot.h"

#include <QPainter>

#include <utility>

namespace circuitloom::ui {

SweepPlot::SweepPlot(QWidget* parent)
    : WalkedPlot(parent)
    , theme_(theme(true))
    , drawing_({}, theme_, {})
{
    setLayoutDirection(Qt::LeftToRight); // numbers run to the right in every language
    setObjectName(QStringLiteral("sweepPlot"));
    setAccessibleName(tr("What runs came to by the value of a setting"));
}

void SweepPlot::set_theme(const Theme& theme)
{
    theme_ = theme;
    lay_out();
}

void SweepPlot::set_chart(SweepChart chart)
{
    chart_ = std::move(chart);
    lay_out();
    marks_replaced();
}

void SweepPlot::lay_out()
{
    drawing_ = SweepDrawing(chart_, theme_, size());
    marks_changed();
}

std::vector<WalkedPlot::Mark> SweepPlot::marks() const
{
    std::vector<Mark> all;
    for (const SweepDrawing::Mark& mark : drawing_.marks())
        all.push_back({ mark.at, mark.text, static_cast<std::int64_t>(all.size()) });
    return all;
}

void SweepPlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    lay_out();
}

void SweepPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.panel);
    if (chart_.ticks.empty()) {
        painter.setPen(theme_.dimText);
        painter.setFont(theme_.font());
        painter.drawText(rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap,
            tr("No finished runs differ in a setting. Sweep one in the dialog for a new run, or with "
               "circuitloom-cli tune --sweep."));
    }
    drawing_.paint(painter);
    if (const auto mark = walked_to(); mark && hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.accent, 1.5));
        painter.drawEllipse(mark->at, 8, 8);
    }
    paint_focus(painter, theme_.accent);
}

} // namespace circuitloom::ui
