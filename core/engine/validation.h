#pragma once

#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"

namespace circuitloom {

/// How well a run has learnt its held-out task, on examples of it that the run did not evaluate.
struct Validation
{
    double accuracy = 0; ///< the share of examples whose target is preferred
    double metric = 0; ///< the run's circuit.metric
};

/// Of the model at the run's latest checkpoint, on as many examples as the run evaluates
/// (RunConfig::evaluation_items), namely those that follow these in the task. On the CPU. Throws
/// InputError where the run has no checkpoint, its files have changed or its held-out task has
/// fewer than twice as many examples. Needs LibTorch, but its header does not.
Validation validate_run(const ExperimentReader& reader, RunId run);

/// Throws what validate_run() would of a run of this configuration, as far as the model's files and
/// the held-out task tell it.
void require_validation(const RunConfig& config);

} // namespace circuitloom
