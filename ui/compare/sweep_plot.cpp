#include "ui/compare/sweep_plot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double reach = 12; // pixels around a mean that the mouse may miss it by

} // namespace

SweepPlot::SweepPlot(QWidget* parent)
    : QWidget(parent)
    , theme_(theme(true))
    , drawing_({}, theme_, {})
{
    setObjectName(QStringLiteral("sweepPlot"));
    setAccessibleName(tr("What runs came to by the value of a setting"));
    setFocusPolicy(Qt::StrongFocus);
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
}

void SweepPlot::lay_out()
{
    drawing_ = SweepDrawing(chart_, theme_, size());
    walked_to_.reset();
    QStringList told;
    for (const SweepDrawing::Mark& mark : drawing_.marks())
        told << mark.text;
    setAccessibleDescription(told.join(u'\n'));
    update();
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
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme_.accent, 1.5));
    if (hasFocus() && walked_to_)
        painter.drawEllipse(drawing_.marks()[*walked_to_].at, 8, 8);
    if (hasFocus())
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

bool SweepPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto distance = [help](const SweepDrawing::Mark& mark) {
        return std::hypot(mark.at.x() - help->pos().x(), mark.at.y() - help->pos().y());
    };
    const auto nearest = std::ranges::min_element(drawing_.marks(), {}, distance);
    if (nearest != drawing_.marks().end() && distance(*nearest) <= reach)
        QToolTip::showText(help->globalPos(), nearest->text, this);
    else
        QToolTip::hideText();
    return true;
}

void SweepPlot::walk(int by)
{
    const auto all = static_cast<std::ptrdiff_t>(drawing_.marks().size());
    if (all == 0)
        return;
    const std::ptrdiff_t from
        = walked_to_ ? static_cast<std::ptrdiff_t>(*walked_to_) : (by > 0 ? -1 : all);
    walked_to_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(from + by, 0, all - 1));
    const SweepDrawing::Mark& mark = drawing_.marks()[*walked_to_];
    QToolTip::showText(mapToGlobal(mark.at.toPoint() + QPoint(12, 12)), mark.text, this);
    update();
}

void SweepPlot::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        walk(-1);
        break;
    case Qt::Key_Right:
    case Qt::Key_Up:
        walk(1);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SweepPlot::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void SweepPlot::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace circuitloom::ui
