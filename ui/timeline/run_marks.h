#pragma once

#include "ui/session/run_history.h"
#include "ui/timeline/timeline_marks.h"

namespace circuitloom::ui {

/// What the timeline shows of a run: its iterations, evaluations, marks, checkpoints, bookmarks and
/// largest changes, at their places on that axis.
TimelineMarks timeline_marks(const RunHistory& run, const HorizontalAxis& axis);

} // namespace circuitloom::ui
