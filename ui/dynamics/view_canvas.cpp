#include "ui/dynamics/view_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace circuitloom::ui {

ViewCanvas::ViewCanvas(Handlers handlers, Parts parts, QWidget* parent)
    : QWidget(parent)
    , handlers_(std::move(handlers))
    , parts_(std::move(parts))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void ViewCanvas::set_focus_color(const QColor& color)
{
    focus_ = color;
    update();
}

void ViewCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    handlers_.paint(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(focus_);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void ViewCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && handlers_.clicked && rect().contains(event->pos()))
        handlers_.clicked(event->position());
}

void ViewCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (handlers_.pointed)
        handlers_.pointed(event->position());
}

void ViewCanvas::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    if (handlers_.left)
        handlers_.left();
}

void ViewCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!handlers_.key || !handlers_.key(*event))
        QWidget::keyPressEvent(event);
}

} // namespace circuitloom::ui
