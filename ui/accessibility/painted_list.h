#pragma once

#include <QAccessibleWidget>

#include <map>

namespace circuitloom::ui {

/// A painted widget as a list of items, which are made when they are asked for and go with it.
class PaintedList : public QAccessibleWidget
{
public:
    explicit PaintedList(QWidget& widget);
    ~PaintedList() override;

    QAccessibleInterface* child(int index) const final;
    int indexOfChild(const QAccessibleInterface* child) const final;

protected:
    /// The item of an index below childCount(), new.
    virtual QAccessibleInterface* made_item(int index) const = 0;

private:
    mutable std::map<int, QAccessible::Id> items_; ///< those that were asked for
};

/// An item of such a list: it has no children and no object, and its texts follow from what the
/// widget shows.
class PaintedItem : public QAccessibleInterface
{
public:
    QObject* object() const final { return nullptr; }
    QAccessibleInterface* child(int) const final { return nullptr; }
    QAccessibleInterface* childAt(int, int) const final { return nullptr; }
    int childCount() const final { return 0; }
    int indexOfChild(const QAccessibleInterface*) const final { return -1; }
    void setText(QAccessible::Text, const QString&) final { }
    QAccessible::Role role() const final { return QAccessible::ListItem; }
};

} // namespace circuitloom::ui
