#include "core/tuning/step_batches.h"

#include "core/base/random.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

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

std::int64_t tokens_of(const std::vector<ScoredBatch>& batches)
{
    std::int64_t tokens = 0;
    for (const ScoredBatch& batch : batches)
        tokens += batch.mask.sum().item<std::int64_t>();
    return tokens;
}

std::int64_t tokens_of_steps(const EncodedTask& task, const RunConfig& config, int steps)
{
    DataOrder order(task.examples.size(), config.seed);
    std::int64_t tokens = 0;
    for (int batch = 0; batch < steps * config.accumulate; ++batch)
        for (const std::size_t index : order.next(static_cast<std::size_t>(config.batch)))
            tokens += static_cast<std::int64_t>(task.examples[index].ids.size());
    return tokens;
}

std::vector<ScoredBatch> probe_batches(
    const EncodedTask& task, const RunConfig& config, const Transformer& model)
{
    std::vector<ScoredBatch> batches;
    if (config.score_on != ScoredOn::probe)
        return batches;
    std::vector<std::size_t> drawn(task.examples.size());
    std::iota(drawn.begin(), drawn.end(), std::size_t{ 0 });
    constexpr std::uint64_t apart = 0x70726f62650a0000ULL; // from the order of the data
    Random random(config.seed ^ apart);
    random.shuffle(drawn);
    drawn.resize(std::min(drawn.size(), static_cast<std::size_t>(config.probe_examples)));
    std::ranges::sort(drawn);
    const auto size = static_cast<std::size_t>(config.batch);
    for (std::size_t first = 0; first < drawn.size(); first += size) {
        std::vector<const EncodedExample*> examples;
        for (std::size_t i = first; i < std::min(drawn.size(), first + size); ++i)
            examples.push_back(&task.examples[drawn[i]]);
        batches.push_back(make_batch(examples, model.device(), model.dtype()));
    }
    return batches;
}

} // namespace circuitloom
