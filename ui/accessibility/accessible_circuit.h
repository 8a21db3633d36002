#pragma once

#include "ui/accessibility/painted_list.h"
#include "ui/circuit/circuit_scene.h"

#include <QPointer>

namespace circuitloom::ui {

class CircuitView;

/// The circuit view as a list whose items are the drawn nodes in the layout's order, whether they
/// are in the circuit or not: the item of index i is that of DrawnNodeId i.
class AccessibleCircuit : public PaintedList
{
public:
    explicit AccessibleCircuit(CircuitView& view);

    QAccessible::State state() const override;
    int childCount() const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

protected:
    QAccessibleInterface* made_item(int index) const override;

private:
    CircuitView& view() const;
};

/// A drawn node of a circuit view. Its description says whether it is in the circuit, and what the
/// view tells of a node that is pointed at. Pressing it selects it. No longer valid once the layout
/// has no such node.
class AccessibleNode : public PaintedItem, public QAccessibleActionInterface
{
public:
    AccessibleNode(CircuitView& view, DrawnNodeId node);

    DrawnNodeId node() const { return node_; }

    bool isValid() const override;
    QAccessibleInterface* parent() const override;
    QString text(QAccessible::Text kind) const override;
    /// Where it is drawn, on the screen.
    QRect rect() const override;
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    /// Null where there is no such node any more.
    CircuitView* view() const;
    QString description(const CircuitView& view) const;

    QPointer<CircuitView> view_;
    DrawnNodeId node_;
};

} // namespace circuitloom::ui
