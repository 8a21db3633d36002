#include "core/engine/task_batches.h"

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
    EncodedTask encoded = load_encoded_task(task.source, *model.tokenizer,
        std::min(task.max_tokens, transformer.config().max_positions));
    auto& examples = encoded.examples;
    if (task.examples > 0)
        examples.resize(std::min(examples.size(), static_cast<std::size_t>(task.examples)));
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
