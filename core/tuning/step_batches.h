#pragma once

#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"
#include "core/tuning/data_order.h"

#include <cstdint>
#include <vector>

namespace circuitloom {

/// The batches of the next optimizer step: `config.accumulate` of `config.batch` examples each, on
/// the model's device and in its dtype. Moves `order` on.
std::vector<ScoredBatch> next_batches(
    DataOrder& order, const EncodedTask& task, const RunConfig& config, const Transformer& model);

/// Tokens of the batches of one optimizer step, padding not counted.
std::int64_t tokens_of(const std::vector<ScoredBatch>& batches);
/// Those of a run's first `steps` steps together: what tokens_of() its batches come to.
std::int64_t tokens_of_steps(const EncodedTask& task, const RunConfig& config, int steps);

/// The probe of a run (ScoredOn::probe) in batches of `config.batch`: the examples, in the task's
/// order, that `config.seed` draws; all where there are not more. Empty where the run scores its
/// steps' own examples.
std::vector<ScoredBatch> probe_batches(
    const EncodedTask& task, const RunConfig& config, const Transformer& model);

} // namespace circuitloom
