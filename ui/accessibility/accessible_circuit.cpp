#include "ui/accessibility/accessible_circuit.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_view.h"

#include <QCoreApplication>

#include <algorithm>
#include <variant>

namespace circuitloom::ui {

namespace {

int nodes_of(const CircuitView& view)
{
    const auto& layout = view.scene().layout;
    return layout ? static_cast<int>(layout->nodes.size()) : 0;
}

std::vector<NodeOrEdge> selected_in(const CircuitView& view)
{
    const auto& layout = view.scene().layout;
    return layout ? items_of(*layout, view.state().selection) : std::vector<NodeOrEdge>{};
}

} // namespace

AccessibleCircuit::AccessibleCircuit(CircuitView& view)
    : PaintedList(view)
{
}

CircuitView& AccessibleCircuit::view() const
{
    return *static_cast<CircuitView*>(widget());
}

QAccessible::State AccessibleCircuit::state() const
{
    QAccessible::State state = PaintedList::state();
    state.multiSelectable = true;
    return state;
}

int AccessibleCircuit::childCount() const
{
    return nodes_of(view());
}

QAccessibleInterface* AccessibleCircuit::made_item(int index) const
{
    return new AccessibleNode(view(), DrawnNodeId{ index });
}

QAccessibleInterface* AccessibleCircuit::childAt(int x, int y) const
{
    if (childCount() == 0)
        return nullptr;
    const auto item = view().item_at(view().mapFromGlobal(QPointF(x, y)));
    const auto* node = item ? std::get_if<DrawnNodeId>(&*item) : nullptr;
    return node ? child(node->value) : nullptr;
}

QAccessibleInterface* AccessibleCircuit::focusChild() const
{
    if (!view().hasFocus())
        return nullptr;
    for (const NodeOrEdge& item : selected_in(view()))
        if (const auto* node = std::get_if<DrawnNodeId>(&item))
            return child(node->value);
    return nullptr;
}

AccessibleNode::AccessibleNode(CircuitView& view, DrawnNodeId node)
    : view_(&view)
    , node_(node)
{
}

bool AccessibleNode::isValid() const
{
    return view() != nullptr;
}

CircuitView* AccessibleNode::view() const
{
    CircuitView* const view = view_.data();
    return view && node_.value < nodes_of(*view) ? view : nullptr;
}

QAccessibleInterface* AccessibleNode::parent() const
{
    CircuitView* const view = view_.data();
    return view ? QAccessible::queryAccessibleInterface(view) : nullptr;
}

QString AccessibleNode::text(QAccessible::Text kind) const
{
    const CircuitView* const view = this->view();
    if (!view)
        return {};
    if (kind == QAccessible::Name)
        return item_name(view->scene(), node_);
    return kind == QAccessible::Description ? description(*view) : QString();
}

QString AccessibleNode::description(const CircuitView& view) const
{
    const double presence
        = node_presence(view.scene())[static_cast<std::size_t>(node_.value)];
    QStringList said{ presence > 0
            ? QCoreApplication::translate("AccessibleNode", "in the circuit shown")
            : QCoreApplication::translate("AccessibleNode", "not in the circuit shown") };
    const HoverCard card = view.card_of(node_);
    said << card.subtitle;
    for (const QString& fact : card.facts)
        said << fact;
    for (const HoverCard::Row& row : card.rows)
        said << QString(row.name % u' ' % row.value);
    said.removeAll(QString());
    return said.join(QStringLiteral("; "));
}

QRect AccessibleNode::rect() const
{
    const CircuitView* const view = this->view();
    if (!view)
        return {};
    const QRect place = view->geometry().node_rect(node_).toAlignedRect();
    return { view->mapToGlobal(place.topLeft()), place.size() };
}

QAccessible::State AccessibleNode::state() const
{
    QAccessible::State state;
    const CircuitView* const view = this->view();
    if (!view) {
        state.invalid = true;
        return state;
    }
    state.selectable = true;
    state.focusable = true;
    state.invisible = !view->isVisible();
    state.offscreen = !view->geometry().node_rect(node_).intersects(view->rect());
    const std::vector<NodeOrEdge> selected = selected_in(*view);
    state.selected = std::ranges::find(selected, NodeOrEdge(node_)) != selected.end();
    state.focused = state.selected && view->hasFocus();
    return state;
}

void* AccessibleNode::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ActionInterface)
        return static_cast<QAccessibleActionInterface*>(this);
    return nullptr;
}

QStringList AccessibleNode::actionNames() const
{
    return { pressAction() };
}

void AccessibleNode::doAction(const QString& name)
{
    CircuitView* const view = this->view();
    if (view && name == pressAction())
        view->circuit().select_item(node_);
}

} // namespace circuitloom::ui
