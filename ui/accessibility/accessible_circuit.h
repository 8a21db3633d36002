#pragma once

#include "ui/circuit/circuit_scene.h"

#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace circuitloom::ui {

class CircuitView;

/// The circuit view as a list whose items are the drawn nodes in the layout's order, whether they
/// are in the circuit or not: the item of index i is that of DrawnNodeId i.
class AccessibleCircuit : public QAccessibleWidget
{
public:
    explicit AccessibleCircuit(CircuitView& view);
    ~AccessibleCircuit() override;

    QAccessible::State state() const override;
    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

private:
    CircuitView& view() const;

    mutable std::map<int, QAccessible::Id> items_; ///< those that were asked for
};

/// A drawn node of a circuit view. Its description says whether it is in the circuit, and what the
/// view tells of a node that is pointed at. Pressing it selects it. No longer valid once the layout
/// has no such node.
class AccessibleNode : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleNode(CircuitView& view, DrawnNodeId node);

    DrawnNodeId node() const { return node_; }

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    /// A node's texts follow from what the view shows.
    void setText(QAccessible::Text, const QString&) override { }
    /// Where it is drawn, on the screen.
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
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
