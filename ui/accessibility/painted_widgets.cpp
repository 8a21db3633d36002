#include "ui/accessibility/painted_widgets.h"

#include "ui/accessibility/accessible_circuit.h"
#include "ui/accessibility/accessible_parts.h"
#include "ui/accessibility/accessible_plot.h"
#include "ui/accessibility/accessible_timeline.h"
#include "ui/circuit/circuit_view.h"
#include "ui/curves/plot_widget.h"
#include "ui/timeline/timeline_track.h"

namespace circuitloom::ui {

namespace {

QAccessibleInterface* interface_of(const QString&, QObject* object)
{
    if (auto* view = qobject_cast<CircuitView*>(object))
        return new AccessibleCircuit(*view);
    if (auto* track = qobject_cast<TimelineTrack*>(object))
        return new AccessibleTimeline(*track);
    if (auto* plot = qobject_cast<PlotWidget*>(object))
        return new AccessiblePlot(*plot);
    if (const auto* parts = dynamic_cast<const PaintedParts*>(object))
        return new AccessibleParts(*static_cast<QWidget*>(object), *parts);
    return nullptr;
}

} // namespace

void describe_painted_widgets()
{
    QAccessible::removeFactory(interface_of);
    QAccessible::installFactory(interface_of);
}

} // namespace circuitloom::ui
