#pragma once

#include "ui/accessibility/painted_list.h"
#include "ui/base/painted_parts.h"

#include <QPointer>
#include <QWidget>

namespace circuitloom::ui {

/// A widget of painted parts as a list of these.
class AccessibleParts : public PaintedList
{
public:
    /// `parts`: the same widget.
    AccessibleParts(QWidget& widget, const PaintedParts& parts);

    int childCount() const override;
    QAccessibleInterface* childAt(int x, int y) const override;

protected:
    QAccessibleInterface* made_item(int index) const override;

private:
    const PaintedParts& parts_;
};

/// A painted part. No longer valid once the widget has no such part.
class AccessiblePart : public PaintedItem
{
public:
    AccessiblePart(QWidget& widget, const PaintedParts& parts, int part);

    bool isValid() const override;
    QAccessibleInterface* parent() const override;
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override;
    QAccessible::State state() const override;

private:
    QPointer<QWidget> widget_;
    const PaintedParts& parts_; ///< as long as the widget lives
    int part_;
};

} // namespace circuitloom::ui
