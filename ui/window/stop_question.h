#pragma once

class QWidget;

namespace circuitloom::ui {

class ExperimentSession;

/// Whether the run in training may be left, as its file or the program is: asks where there is one.
/// One that several processes share may go on without the program, which this then tells it; any
/// other is to be stopped by the caller.
bool may_leave_run(QWidget& window, ExperimentSession& session);

} // namespace circuitloom::ui
