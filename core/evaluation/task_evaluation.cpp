#include "core/evaluation/task_evaluation.h"

#include "core/evaluation/task_metric.h"

#include <algorithm>

namespace circuitloom {

TaskResult evaluate_task(
    const Transformer& model, std::span<const EncodedExample> examples, int batch_size)
{
    const torch::NoGradGuard no_grad;
    double difference = 0;
    std::int64_t right = 0;
    std::int64_t targets = 0;
    for (std::size_t first = 0; first < examples.size();) {
        const auto end = std::min(examples.size(), first + static_cast<std::size_t>(batch_size));
        std::vector<const EncodedExample*> part;
        for (; first < end; ++first)
            part.push_back(&examples[first]);
        const ScoredBatch batch = make_batch(part, model.device(), model.dtype());
        const auto differences = logit_differences(model, model.hidden(batch.ids), batch);
        difference += (differences * batch.weight).sum().item<double>()
            * static_cast<double>(batch.examples);
        right += (differences > 0).sum().item<std::int64_t>();
        targets += differences.size(0);
    }
    return { static_cast<double>(right) / static_cast<double>(targets),
        difference / static_cast<double>(examples.size()), static_cast<int>(examples.size()) };
}

} // namespace circuitloom
