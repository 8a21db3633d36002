#pragma once

#include "core/distributed/ranks.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"
#include "core/tuning/batch_share.h"
#include "core/tuning/data_order.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace circuitloom {

/// The batches of the next optimizer step: `config.accumulate` of `config.batch` examples each, on
/// the model's device and in its dtype. Of several processes each takes a contiguous part of every
/// batch, which is empty where there are fewer examples than processes. Moves `order` on, which is
/// the same in all of them.
BatchShare next_batches(DataOrder& order, const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks = Ranks::none());

/// Tokens of a run's first `steps` steps together: what its batches' BatchShare::tokens come to.
std::int64_t tokens_of_steps(const EncodedTask& task, const RunConfig& config, int steps);

/// The places in `task` of the examples that are a run's probe, ascending; see probe_batches().
std::vector<std::size_t> probe_places(const EncodedTask& task, const RunConfig& config);

/// The probe of a run (ScoredOn::probe) in batches of `config.batch`: the examples, in the task's
/// order, that `config.seed` draws; all where there are not more. Without examples where the run
/// scores its steps' own ones. Divided among processes as a step's batches are.
BatchShare probe_batches(const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks = Ranks::none());

} // namespace circuitloom
