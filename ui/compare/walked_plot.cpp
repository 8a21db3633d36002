#include "ui/compare/walked_plot.h"

#include "ui/base/tip_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double reach = 12; // pixels around a mark that the mouse may miss it by

} // namespace

WalkedPlot::WalkedPlot(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

int WalkedPlot::part_count() const
{
    return static_cast<int>(marks().size());
}

QString WalkedPlot::part_text(int part) const
{
    return marks().at(static_cast<std::size_t>(part)).text;
}

QRectF WalkedPlot::part_rect(int part) const
{
    QRectF place(0, 0, reach, reach);
    place.moveCenter(marks().at(static_cast<std::size_t>(part)).at);
    return place;
}

void WalkedPlot::marks_changed()
{
    QStringList told;
    for (const Mark& mark : marks())
        told << mark.text;
    setAccessibleDescription(told.join(u'\n'));
    update();
}

void WalkedPlot::marks_replaced()
{
    walked_to_.reset();
    marks_changed();
}

std::optional<WalkedPlot::Mark> WalkedPlot::walked_to() const
{
    for (const Mark& mark : marks())
        if (walked_to_ == mark.id)
            return mark;
    return std::nullopt;
}

std::optional<WalkedPlot::Mark> WalkedPlot::mark_at(const QPointF& point) const
{
    std::optional<Mark> nearest;
    double best = reach;
    for (const Mark& mark : marks()) {
        const double distance = std::hypot(mark.at.x() - point.x(), mark.at.y() - point.y());
        if (distance <= best) {
            best = distance;
            nearest = mark;
        }
    }
    return nearest;
}

void WalkedPlot::walk(int by)
{
    const std::vector<Mark> all = marks();
    if (all.empty())
        return;
    const auto at = std::ranges::find_if(
        all, [this](const Mark& mark) { return walked_to_ == mark.id; });
    const auto last = static_cast<std::ptrdiff_t>(all.size()) - 1;
    const std::ptrdiff_t next = at == all.end() ? (by > 0 ? 0 : last) : at - all.begin() + by;
    const Mark& mark = all[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 0, last))];
    walked_to_ = mark.id;
    QToolTip::showText(
        mapToGlobal(mark.at.toPoint() + QPoint(12, 12)), tip_text(mark.text), this);
    update();
}

void WalkedPlot::paint_focus(QPainter& painter, const QColor& color) const
{
    if (!hasFocus())
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

bool WalkedPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto mark = mark_at(help->pos()))
        QToolTip::showText(help->globalPos(), tip_text(mark->text), this);
    else
        QToolTip::hideText();
    return true;
}

void WalkedPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    if (const auto mark = mark_at(event->position()))
        open(mark->id);
}

void WalkedPlot::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(opens() && mark_at(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void WalkedPlot::keyPressEvent(QKeyEvent* event)
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
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (const auto mark = walked_to(); mark && opens()) {
            open(mark->id);
            break;
        }
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

void WalkedPlot::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void WalkedPlot::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace circuitloom::ui
