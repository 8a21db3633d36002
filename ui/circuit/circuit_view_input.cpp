// How CircuitView answers pointer and keyboard.
#include "ui/circuit/circuit_view.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_menu.h"
#include "ui/circuit/hover_card.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double key_zoom = 1.25;
constexpr double key_pan = 60; // pixels
constexpr double wheel_zoom = 1.0014; // for each eighth of a degree

// Where an arrow key lets one look: the picture moves the other way.
std::optional<QPointF> pan_of(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return QPointF(1, 0);
    case Qt::Key_Right:
        return QPointF(-1, 0);
    case Qt::Key_Up:
        return QPointF(0, 1);
    case Qt::Key_Down:
        return QPointF(0, -1);
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<NodeOrEdge> CircuitView::item_at(const QPointF& point)
{
    if (!target_.layout)
        return std::nullopt;
    if (!hits_) {
        const CircuitGeometry geometry(*target_.layout, graph_rect(), state_.camera);
        hits_.emplace(target_, geometry, rect());
    }
    return hits_->at(point);
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
    card_ = item ? std::optional(card_of(*item)) : std::nullopt;
    Q_EMIT hovered(card_ ? card_->one_line() : QString());
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
    if (!dragged_) {
        dragged_ = true;
        set_hover(std::nullopt, {});
        if (event->modifiers() & Qt::ShiftModifier)
            band_ = QRectF(*drag_from_, *drag_from_);
        setCursor(band_ ? Qt::CrossCursor : Qt::ClosedHandCursor);
    }
    if (band_) {
        band_->setBottomRight(event->position());
        update();
        return;
    }
    drag_from_ = event->position();
    pan_by(moved);
}

void CircuitView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !drag_from_)
        return;
    drag_from_.reset();
    setCursor(Qt::ArrowCursor);
    if (band_) {
        const QRectF band = band_->normalized();
        band_.reset();
        select_in(band);
    } else if (!dragged_) {
        const auto item = item_at(event->position());
        const bool adds = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
        if (!adds)
            select_item(item);
        else if (item)
            toggle_item(*item);
    }
}

void CircuitView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto item = item_at(event->position());
    if (!item) {
        fit();
        return;
    }
    const GraphChoice choice = choice_of(*target_.layout, *item);
    isolate(contains(state_.selection, choice) ? state_.selection : choice);
}

void CircuitView::select_in(const QRectF& band)
{
    if (!target_.layout)
        return;
    const CircuitGeometry geometry(*target_.layout, graph_rect(), state_.camera);
    const std::vector<double> presence = node_presence(target_);
    GraphChoice found;
    for (std::size_t i = 0; i < presence.size(); ++i) {
        const DrawnNodeId node{ static_cast<std::int32_t>(i) };
        if (presence[i] > 0 && band.intersects(geometry.node_rect(node)))
            found = united(found, choice_of(*target_.layout, node));
    }
    // Where no node is, edges are meant.
    for (std::size_t i = 0; i < target_.edges.size() && found.nodes.empty(); ++i) {
        const DrawnCurve curve = geometry.edge_curve(target_, target_.edges[i].edge);
        for (int piece = 0; piece <= curve_pieces; ++piece)
            if (band.contains(point_of(curve, static_cast<double>(piece) / curve_pieces))) {
                found.edges.push_back(target_.edges[i].edge);
                break;
            }
    }
    select(united(state_.selection, found));
}

void CircuitView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!target_.layout)
        return;
    std::optional<NodeOrEdge> item;
    if (event->reason() == QContextMenuEvent::Mouse) {
        item = item_at(event->pos());
        // The menu is about the selection; what is outside of it becomes it.
        if (item && !contains(state_.selection, choice_of(*target_.layout, *item)))
            select_item(item);
    }
    QMenu* menu = circuit_menu(*this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
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
    // While the view has the focus, undo is its own first.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->matches(QKeySequence::Undo) && can_undo())
            || (key->matches(QKeySequence::Redo) && can_redo())
            || (key->modifiers() == Qt::ShiftModifier && pan_of(key->key()))) {
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
    if (target_.layout)
        for (const NodeOrEdge& item : items_of(*target_.layout, state_.selection))
            if (const auto* node = std::get_if<DrawnNodeId>(&item))
                at = node->value;
    for (at += direction; at >= 0 && at < count; at += direction) {
        if (presence[static_cast<std::size_t>(at)] > 0) {
            select_item(DrawnNodeId{ at });
            return true;
        }
    }
    return false;
}

// + - F zoom, Z zooms to the selection, Shift and arrows pan; Return isolates the selection, P pins
// it or lets it go, H hides it, Shift H shows everything, G makes it a supernode; Esc lets go of
// the selection, then of what is isolated.
void CircuitView::keyPressEvent(QKeyEvent* event)
{
    if (!act_on_key(*event))
        QWidget::keyPressEvent(event);
}

bool CircuitView::act_on_key(const QKeyEvent& event)
{
    const QPointF centre = rect().center();
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    if (event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo)) {
        event.matches(QKeySequence::Undo) ? undo() : redo();
        return true;
    }
    if (const auto direction = pan_of(event.key()); direction && shift) {
        pan_by(*direction * key_pan);
        return true;
    }
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return false;
    const GraphChoice& chosen = state_.selection;
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom_by(key_zoom, centre);
        return true;
    case Qt::Key_Minus:
        zoom_by(1 / key_zoom, centre);
        return true;
    case Qt::Key_F:
        fit();
        return true;
    case Qt::Key_Z:
        zoom_to_selection();
        return true;
    case Qt::Key_P:
        set_pinned(chosen, !contains(state_.pinned, chosen));
        return true;
    case Qt::Key_H:
        shift ? show_all() : hide_choice(chosen);
        return true;
    case Qt::Key_G:
        ask_for_group(*this);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        isolate(chosen);
        return true;
    case Qt::Key_Escape:
        if (!chosen.empty())
            select({});
        else if (!state_.isolated.empty())
            isolate({});
        else
            return false;
        return true;
    default:
        return false;
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
