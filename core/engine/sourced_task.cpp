#include "core/engine/sourced_task.h"

#include "core/tasks/worded_task.h"

#include <algorithm>

namespace circuitloom {

EncodedTask sourced_task(
    const SourcedModel& sourced, std::string_view source, int max_tokens, int examples, bool strict)
{
    EncodedTask task = load_model_task(source, *sourced.files, *sourced.tokenizer,
        std::min(max_tokens, sourced.model->config().max_positions), strict);
    if (examples > 0)
        task.examples.resize(std::min(task.examples.size(), static_cast<std::size_t>(examples)));
    return task;
}

} // namespace circuitloom
