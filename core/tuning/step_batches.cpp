#include "core/tuning/step_batches.h"

#include <cstddef>

namespace circuitloom {

std::vector<ScoredBatch> next_batches(
    DataOrder& order, const EncodedTask& task, const RunConfig& config, const Transformer& model)
{
    std::vector<ScoredBatch> batches;
    for (int i = 0; i < config.accumulate; ++i) {
        std::vector<const EncodedExample*> examples;
        for (const std::size_t index : order.next(static_cast<std::size_t>(config.batch)))
            examples.push_back(&task.examples[index]);
        batches.push_back(make_batch(examples, model.device(), model.dtype()));
    }
    return batches;
}

} // namespace circuitloom
