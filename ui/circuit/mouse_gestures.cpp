#include "ui/circuit/mouse_gestures.h"

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QWidget>

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double wheel_zoom = 1.0014; // for each eighth of a degree

} // namespace

MouseGestures::MouseGestures(QWidget* widget)
    : QObject(widget)
{
    widget->installEventFilter(this);
}

bool MouseGestures::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseMove:
        move(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonRelease:
        release(*static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonDblClick:
        if (const auto* mouse = static_cast<QMouseEvent*>(event); mouse->button() == Qt::LeftButton)
            Q_EMIT double_clicked(mouse->position());
        return true;
    case QEvent::Wheel: {
        const auto* wheel = static_cast<QWheelEvent*>(event);
        if (const int angle = wheel->angleDelta().y(); angle != 0)
            Q_EMIT zoomed(std::pow(wheel_zoom, angle), wheel->position());
        event->accept();
        return true;
    }
    case QEvent::Leave:
        Q_EMIT left();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void MouseGestures::press(const QMouseEvent& event)
{
    Q_EMIT pressed();
    if (event.button() != Qt::LeftButton)
        return;
    drag_from_ = event.position();
    dragged_ = false;
}

void MouseGestures::move(const QMouseEvent& event)
{
    const QPointF at = event.position();
    if (!drag_from_) {
        Q_EMIT pointed(at);
        return;
    }
    const QPointF moved = at - *drag_from_;
    if (!dragged_ && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    if (!dragged_) {
        dragged_ = true;
        if (event.modifiers() & Qt::ShiftModifier)
            band_ = QRectF(*drag_from_, *drag_from_);
        Q_EMIT drag_began();
    }
    if (band_) {
        band_->setBottomRight(at);
        Q_EMIT band_changed();
        return;
    }
    drag_from_ = at;
    Q_EMIT panned(moved);
}

void MouseGestures::release(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton || !drag_from_)
        return;
    drag_from_.reset();
    Q_EMIT released();
    if (band_) {
        const QRectF band = band_->normalized();
        band_.reset();
        Q_EMIT band_selected(band);
    } else if (!dragged_) {
        Q_EMIT clicked(
            event.position(), event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier));
    }
}

} // namespace circuitloom::ui
