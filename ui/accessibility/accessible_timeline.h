#pragma once

#include <QAccessibleWidget>

namespace circuitloom::ui {

class TimelineTrack;

/// The timeline as a slider over a run's iterations, 0 … count - 1. Its text value has the iteration
/// and its step in words; an assistive program that sets the value goes to that iteration.
class AccessibleTimeline : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit AccessibleTimeline(TimelineTrack& track);

    QString text(QAccessible::Text kind) const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    /// -1 where no iteration is shown.
    QVariant currentValue() const override;
    /// Takes whole numbers; one out of range counts as the nearest end.
    void setCurrentValue(const QVariant& value) override;
    QVariant maximumValue() const override;
    QVariant minimumValue() const override;
    QVariant minimumStepSize() const override;

private:
    TimelineTrack& track() const;
    int last() const;
};

} // namespace circuitloom::ui
