#include "ui/accessibility/accessible_timeline.h"

#include "ui/timeline/timeline_track.h"

#include <QCoreApplication>

#include <algorithm>

namespace circuitloom::ui {

AccessibleTimeline::AccessibleTimeline(TimelineTrack& track)
    : QAccessibleWidget(&track, QAccessible::Slider)
{
}

TimelineTrack& AccessibleTimeline::track() const
{
    return *static_cast<TimelineTrack*>(widget());
}

int AccessibleTimeline::last() const
{
    return static_cast<int>(track().marks().steps.size()) - 1;
}

QString AccessibleTimeline::text(QAccessible::Text kind) const
{
    if (kind != QAccessible::Value)
        return QAccessibleWidget::text(kind);
    const int shown = track().iteration();
    if (shown < 0 || shown > last())
        return QCoreApplication::translate("AccessibleTimeline", "no iterations yet");
    return QCoreApplication::translate("AccessibleTimeline", "iteration %1 of %2, step %3")
        .arg(shown)
        .arg(last())
        .arg(track().marks().steps[static_cast<std::size_t>(shown)]);
}

void* AccessibleTimeline::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

QVariant AccessibleTimeline::currentValue() const
{
    return track().iteration();
}

void AccessibleTimeline::setCurrentValue(const QVariant& value)
{
    bool whole = false;
    const int wanted = value.toInt(&whole);
    if (whole && last() >= 0)
        Q_EMIT track().scrubbed(std::clamp(wanted, 0, last()));
}

QVariant AccessibleTimeline::maximumValue() const
{
    return std::max(0, last());
}

QVariant AccessibleTimeline::minimumValue() const
{
    return 0;
}

QVariant AccessibleTimeline::minimumStepSize() const
{
    return 1;
}

} // namespace circuitloom::ui
