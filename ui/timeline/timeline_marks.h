#pragma once

#include "core/analysis/large_changes.h"
#include "core/store/records.h"

#include <QString>

#include <vector>

namespace circuitloom::ui {

/// The marks of one run that the timeline shows besides the current iteration.
struct TimelineMarks
{
    std::vector<int> steps; ///< of each iteration, rising
    /// Of each iteration on the axis that the plots have too (TimelineScale::places); may be empty.
    std::vector<double> places = {};
    std::vector<int> entered; ///< new edges of each iteration's circuit
    std::vector<int> evaluations; ///< steps at which the run was evaluated, rising
    std::vector<MarkRecord> marks;
    std::vector<CheckpointRecord> checkpoints; ///< in the order of their steps
    std::vector<Bookmark> bookmarks; ///< in the order of their iterations
    std::vector<LargeChange> large_changes; ///< likewise
    int evaluate_every = 0; ///< steps; 0 where the run is not evaluated on the way
};

/// The iterations that have a mark of any kind, rising, each once. What lies between iterations
/// belongs to the one before, and a bookmark of an iteration that is not there to none.
std::vector<int> marked_iterations(const TimelineMarks& marks);
/// The marked iteration next after `iteration`, or next before it; -1 where there is none.
int next_marked(const TimelineMarks& marks, int iteration);
int previous_marked(const TimelineMarks& marks, int iteration);

/// A tooltip about the iterations from `first` to `last`, both included: the number, the
/// step and the new edges of `shown`, one of them, and all marks of all of them. Rich text.
QString marks_tooltip(const TimelineMarks& marks, int shown, int first, int last);

} // namespace circuitloom::ui
