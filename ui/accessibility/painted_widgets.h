#pragma once

namespace circuitloom::ui {

/// From now on Qt tells screen readers and other assistive programs what the widgets that are
/// painted by ourselves show: the circuit's nodes (accessible_circuit.h), the timeline's iteration
/// (accessible_timeline.h), the lines of a plot (accessible_plot.h), and what has painted parts
/// (accessible_parts.h). To be called by the window's thread; more than once does no harm.
void describe_painted_widgets();

} // namespace circuitloom::ui
