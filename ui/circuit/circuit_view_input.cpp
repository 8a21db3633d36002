// How CircuitView answers pointer and keyboard.
#include "ui/circuit/circuit_view.h"

#include "ui/circuit/hover_card.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double key_zoom = 1.25;
constexpr double wheel_zoom = 1.0014; // for each eighth of a degree

} // namespace

std::optional<NodeOrEdge> CircuitView::item_at(const QPointF& point) const
{
    if (!target_.layout)
        return std::nullopt;
    const CircuitGeometry geometry(*target_.layout, graph_rect(), camera_);
    return geometry.hit_test(target_, point);
}

void CircuitView::set_hover(std::optional<NodeOrEdge> item, const QPointF& at)
{
    const bool changed = item != hover_;
    hover_ = item;
    hover_at_ = at;
    if (changed || item)
        update();
    if (!changed)
        return;
    update_focus();
    setCursor(item ? Qt::PointingHandCursor : Qt::ArrowCursor);
    Q_EMIT hovered(item ? hover_card(target_, *item).one_line() : QString());
}

void CircuitView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    drag_from_ = event->position();
    dragged_ = false;
}

void CircuitView::mouseMoveEvent(QMouseEvent* event)
{
    if (!drag_from_) {
        set_hover(item_at(event->position()), event->position());
        return;
    }
    const QPointF moved = event->position() - *drag_from_;
    if (!dragged_ && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    dragged_ = true;
    set_hover(std::nullopt, {});
    setCursor(Qt::ClosedHandCursor);
    drag_from_ = event->position();
    set_camera({ camera_.zoom, camera_.pan + moved });
}

void CircuitView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !drag_from_)
        return;
    drag_from_.reset();
    setCursor(Qt::ArrowCursor);
    if (!dragged_)
        select(item_at(event->position()));
}

void CircuitView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !item_at(event->position()))
        fit();
}

void CircuitView::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() != 0)
        zoom_by(std::pow(wheel_zoom, event->angleDelta().y()), event->position());
    event->accept();
}

bool CircuitView::event(QEvent* event)
{
    // Tab walks through the circuit first and leaves the widget after its last node.
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool back = key->key() == Qt::Key_Backtab;
        if ((back || key->key() == Qt::Key_Tab) && step_selection(back ? -1 : 1)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

bool CircuitView::step_selection(int direction)
{
    const std::vector<double> presence = node_presence(target_);
    const auto count = static_cast<int>(presence.size());
    int at = direction > 0 ? -1 : count;
    if (selection_)
        if (const auto* node = std::get_if<DrawnNodeId>(&*selection_))
            at = node->value;
    for (at += direction; at >= 0 && at < count; at += direction) {
        if (presence[static_cast<std::size_t>(at)] > 0) {
            select(DrawnNodeId{ at });
            return true;
        }
    }
    return false;
}

void CircuitView::keyPressEvent(QKeyEvent* event)
{
    const QPointF centre = rect().center();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom_by(key_zoom, centre);
        break;
    case Qt::Key_Minus:
        zoom_by(1 / key_zoom, centre);
        break;
    case Qt::Key_F:
        fit();
        break;
    case Qt::Key_Escape:
        if (!selection_) {
            QWidget::keyPressEvent(event);
            return;
        }
        select(std::nullopt);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void CircuitView::leaveEvent(QEvent*)
{
    set_hover(std::nullopt, {});
}

void CircuitView::focusInEvent(QFocusEvent* event)
{
    // The ring is for those who came by keyboard; a pointer needs none.
    focus_ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    update();
}

void CircuitView::focusOutEvent(QFocusEvent*)
{
    focus_ring_ = false;
    update();
}

} // namespace circuitloom::ui
