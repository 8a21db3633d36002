#pragma once

#include "core/engine/answers.h"
#include "core/evaluation/scored_batch.h"

#include <functional>
#include <string>
#include <vector>

namespace circuitloom {

/// The task that an answer is an average over.
struct AskedTask
{
    const std::string& source; ///< as load_task() takes it
    int examples = 0; ///< the first so many; 0 for all
    int max_tokens = 0; ///< longer ones are cut, as they are to the model's context
};

/// What became of its examples.
struct TaskUsed
{
    int examples = 0;
    std::vector<std::string> dropped; ///< a sentence for each example left out, and why
    std::vector<std::string> notes; ///< on those that stay
};

/// Some examples of a task, in one batch.
struct TaskBatch
{
    ScoredBatch scored;
    std::vector<const EncodedExample*> examples; ///< one for each row of `scored`
    double share = 1; ///< of all examples; times scored.weight it sums to 1 over the task
};

/// Calls `use` with every batch of the task. `what` is told as progress. Throws as
/// sourced_task(), and Cancelled once a stop was requested.
TaskUsed for_each_batch(const AskedTask& task, const SourcedModel& model,
    const AnswerContext& context, const std::string& what,
    const std::function<void(const TaskBatch&)>& use);

} // namespace circuitloom
