#pragma once

#include "core/architecture/model_files.h"
#include "core/engine/observe.h"
#include "core/evaluation/suite_scoring.h"
#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"

#include <vector>

namespace circuitloom {

/// What all checkpoints of a series are asked, as the first one's tokenizer sees it.
struct ObservedQuestions
{
    std::vector<EncodedExample> probe; ///< on which edges are scored
    std::vector<EncodedExample> held_out; ///< empty for none
    std::vector<PreparedSuite> suites;
};

/// Those of the configuration for the tokenizer of `files`; what is left out of a task or a suite
/// is told to `observer`. Throws InputError where a task, a suite or the tokenizer cannot be used.
ObservedQuestions observed_questions(
    const RunConfig& config, const ModelFiles& files, ObservationObserver& observer);

} // namespace circuitloom
