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

/// The examples of an optimizer step, batch by batch, by their places in the task.
using StepExamples = std::vector<std::vector<std::size_t>>;

/// Those of the next step: `config.accumulate` batches of `config.batch` each. Moves `order` on.
StepExamples next_examples(DataOrder& order, const RunConfig& config);

/// The batches of these examples, on the model's device and in its dtype. Of several processes each
/// takes a contiguous part of every batch, which is empty where there are fewer examples than
/// processes. With `parts` above 1 each batch becomes so many, nearly equal and in the same order;
/// their examples, and so what a step on them gives, stay the same but for rounding.
BatchShare batches_of(const StepExamples& examples, const EncodedTask& task,
    const Transformer& model, const Ranks& ranks = Ranks::none(), std::size_t parts = 1);

/// The batches of the next optimizer step. Moves `order` on, which is the same in all processes.
BatchShare next_batches(DataOrder& order, const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks = Ranks::none(), std::size_t parts = 1);

/// Tokens of a run's first `steps` steps together: what its batches' BatchShare::tokens come to.
std::int64_t tokens_of_steps(const EncodedTask& task, const RunConfig& config, int steps);

/// The places in `task` of the examples that are a run's probe, ascending; see probe_batches().
std::vector<std::size_t> probe_places(const EncodedTask& task, const RunConfig& config);

/// The probe of a run (ScoredOn::probe) in batches of `config.batch`: the examples, in the task's
/// order, that `config.seed` draws; all where there are not more. Without examples where the run
/// scores its steps' own ones. Divided among processes, and into `parts`, as a step's batches are.
BatchShare probe_batches(const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks = Ranks::none(), std::size_t parts = 1);

/// The places in `task` of the `config.mask_examples` examples, ascending, that are a run's
/// calibration set; see calibration_batches().
std::vector<std::size_t> calibration_places(const EncodedTask& task, const RunConfig& config);

/// The calibration set of a run, from which gradients choose the entries that train
/// (TunedPart::entries): the examples, in the task's order, that `config.seed` draws; all where
/// there are not more. Without examples where the method needs none. In batches of `config.batch`,
/// divided likewise.
BatchShare calibration_batches(const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks = Ranks::none(), std::size_t parts = 1);

} // namespace circuitloom
