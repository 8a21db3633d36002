#pragma once

#include "core/tuning/early_stop.h"
#include "core/tuning/training_state.h"

#include <optional>

namespace circuitloom {

/// Holds what the loop of a run remembers from one step to the next, beside what its Tuner and its
/// DataOrder hold.
struct LoopState
{
    bool marked = false; ///< the held-out task has reached RunConfig::mark_accuracy
    bool ended = false; ///< the run has ended early
    bool halved = false; ///< memory has run out: batches are passed in halves (see PassedBatches)
    bool evaluation_halved = false; ///< the same of what evaluations pass
    bool evaluation_due = false; ///< the evaluation after the last step is not in the file yet
    std::optional<double> best; ///< the best value of what `keep_best` goes by
    EarlyStop::State early_stop;

    void save(TrainingState& state) const;
    /// Throws ResourceError, or nlohmann::json's exception, where the state does not fit.
    void restore(const TrainingState& state);
};

} // namespace circuitloom
