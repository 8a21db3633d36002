#include "core/engine/task_batches.h"

#include "core/engine/sourced_task.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr std::size_t examples_at_once = 16;

} // namespace

TaskUsed for_each_batch(const AskedTask& task, const SourcedModel& model,
    const AnswerContext& context, const std::string& what,
    const std::function<void(const TaskBatch&)>& use)
{
    const Transformer& transformer = *model.model;
    EncodedTask encoded = sourced_task(model, task.source, task.max_tokens, task.examples);
    const auto& examples = encoded.examples;
    const auto count = static_cast<int>(examples.size());
    for (std::size_t first = 0; first < examples.size(); first += examples_at_once) {
        context.tell(what, static_cast<int>(first), count);
        TaskBatch batch;
        for (std::size_t i = first; i < std::min(examples.size(), first + examples_at_once); ++i)
            batch.examples.push_back(&examples[i]);
        batch.scored = make_batch(batch.examples, transformer.device(), transformer.dtype());
        batch.share = static_cast<double>(batch.examples.size()) / count;
        use(batch);
    }
    return { count, std::move(encoded.dropped), std::move(encoded.notes) };
}

} // namespace circuitloom
