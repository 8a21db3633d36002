#include "ui/accessibility/accessible_parts.h"

namespace circuitloom::ui {

AccessibleParts::AccessibleParts(QWidget& widget, const PaintedParts& parts)
    : PaintedList(widget)
    , parts_(parts)
{
}

int AccessibleParts::childCount() const
{
    return parts_.part_count();
}

QAccessibleInterface* AccessibleParts::made_item(int index) const
{
    return new AccessiblePart(*widget(), parts_, index);
}

QAccessibleInterface* AccessibleParts::childAt(int x, int y) const
{
    const QWidget* const painted = widget();
    if (!painted)
        return nullptr;
    const QPointF point = painted->mapFromGlobal(QPointF(x, y));
    if (!QRectF(painted->rect()).contains(point))
        return nullptr;
    for (int part = 0; part < parts_.part_count(); ++part)
        if (parts_.part_rect(part).contains(point))
            return child(part);
    return nullptr;
}

AccessiblePart::AccessiblePart(QWidget& widget, const PaintedParts& parts, int part)
    : widget_(&widget)
    , parts_(parts)
    , part_(part)
{
}

bool AccessiblePart::isValid() const
{
    return widget_ && part_ < parts_.part_count();
}

QAccessibleInterface* AccessiblePart::parent() const
{
    return widget_ ? QAccessible::queryAccessibleInterface(widget_) : nullptr;
}

QString AccessiblePart::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name && isValid() ? parts_.part_text(part_) : QString();
}

QRect AccessiblePart::rect() const
{
    const QWidget* const painted = widget_.data();
    if (!painted || !isValid())
        return {};
    const QRect place = parts_.part_rect(part_).toAlignedRect();
    return { painted->mapToGlobal(place.topLeft()), place.size() };
}

QAccessible::State AccessiblePart::state() const
{
    QAccessible::State state;
    const QWidget* const painted = widget_.data();
    if (!painted || !isValid()) {
        state.invalid = true;
        return state;
    }
    state.readOnly = true;
    state.invisible = !painted->isVisible();
    state.offscreen = !parts_.part_rect(part_).intersects(painted->rect());
    return state;
}

} // namespace circuitloom::ui
