#pragma once

#include "core/store/records.h"

#include <vector>

namespace circuitloom::ui {

/// What the timeline shows besides the current iteration, of one run.
struct TimelineMarks
{
    std::vector<int> steps; ///< of each iteration, rising
    std::vector<int> entered; ///< new edges of each iteration's circuit
    std::vector<int> evaluations; ///< steps at which the run was evaluated, rising
    std::vector<MarkRecord> marks;
    int evaluate_every = 0; ///< steps; 0 where the run is not evaluated on the way
};

} // namespace circuitloom::ui
