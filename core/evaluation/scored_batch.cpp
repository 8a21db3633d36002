#include "core/evaluation/scored_batch.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

ScoredBatch make_batch(
    std::span<const EncodedExample* const> examples, torch::Device device, torch::Dtype dtype)
{
    if (examples.empty())
        throw InputError("A batch needs at least one example; the task has none that is usable.");
    std::size_t longest = 0;
    std::int64_t targets = 0;
    for (const auto* example : examples) {
        longest = std::max(longest, example->ids.size());
        targets += static_cast<std::int64_t>(example->targets.size());
    }
    const auto batch = static_cast<std::int64_t>(examples.size());
    const auto positions = static_cast<std::int64_t>(longest);
    ScoredBatch result;
    result.examples = batch;
    result.ids = torch::zeros({ batch, positions }, torch::kInt64);
    result.mask = torch::zeros({ batch, positions }, torch::kBool);
    result.row = torch::empty({ targets }, torch::kInt64);
    result.target = torch::empty({ targets }, torch::kInt64);
    result.alternative = torch::empty({ targets }, torch::kInt64);
    result.weight = torch::empty({ targets }, torch::kFloat64);

    auto ids = result.ids.accessor<std::int64_t, 2>();
    auto mask = result.mask.accessor<bool, 2>();
    auto row = result.row.accessor<std::int64_t, 1>();
    auto target = result.target.accessor<std::int64_t, 1>();
    auto alternative = result.alternative.accessor<std::int64_t, 1>();
    auto weight = result.weight.accessor<double, 1>();
    std::int64_t next = 0;
    for (std::int64_t b = 0; b < batch; ++b) {
        const EncodedExample& example = *examples[static_cast<std::size_t>(b)];
        for (std::size_t p = 0; p < example.ids.size(); ++p) {
            ids[b][static_cast<std::int64_t>(p)] = example.ids[p];
            mask[b][static_cast<std::int64_t>(p)] = true;
        }
        for (const ScoredTarget& scored : example.targets) {
            if (scored.alternative < 0)
                throw InputError("The logit difference needs an alternative for every span of the "
                                 "task; one has none.");
            row[next] = b * positions + scored.position;
            target[next] = scored.target;
            alternative[next] = scored.alternative;
            weight[next]
                = 1.0 / (static_cast<double>(batch) * static_cast<double>(example.targets.size()));
            ++next;
        }
    }
    result.ids = result.ids.to(device);
    result.mask = result.mask.to(device);
    result.row = result.row.to(device);
    result.target = result.target.to(device);
    result.alternative = result.alternative.to(device);
    // Metrics stay float32 where the model is bfloat16.
    result.weight = result.weight.to(device, dtype == torch::kBFloat16 ? torch::kFloat32 : dtype);
    return result;
}

} // namespace circuitloom
