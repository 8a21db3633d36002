#include "core/evaluation/scored_batch.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

namespace {

using Examples = std::span<const EncodedExample* const>;

// One row for each example, 0 in padding.
torch::Tensor padded(
    Examples examples, std::int64_t positions, std::vector<std::int32_t> EncodedExample::*ids)
{
    auto result
        = torch::zeros({ static_cast<std::int64_t>(examples.size()), positions }, torch::kInt64);
    auto cell = result.accessor<std::int64_t, 2>();
    for (std::size_t b = 0; b < examples.size(); ++b) {
        std::int64_t p = 0;
        for (const std::int32_t id : examples[b]->*ids)
            cell[static_cast<std::int64_t>(b)][p++] = id;
    }
    return result;
}

torch::Tensor token_mask(Examples examples, std::int64_t positions)
{
    auto result
        = torch::zeros({ static_cast<std::int64_t>(examples.size()), positions }, torch::kBool);
    for (std::size_t b = 0; b < examples.size(); ++b)
        result[static_cast<std::int64_t>(b)]
            .narrow(0, 0, static_cast<std::int64_t>(examples[b]->ids.size()))
            .fill_(true);
    return result;
}

} // namespace

ScoredBatch make_batch(Examples examples, torch::Device device, torch::Dtype dtype)
{
    if (examples.empty())
        throw InputError("A batch needs at least one example; the task has none that is usable.");
    std::size_t longest = 0;
    bool all_corrupted = true;
    for (const auto* example : examples) {
        longest = std::max(longest, example->ids.size());
        all_corrupted = all_corrupted && !example->corrupted.empty()
            && example->corrupted.size() == example->ids.size();
    }
    const auto positions = static_cast<std::int64_t>(longest);
    ScoredBatch batch;
    batch.examples = static_cast<std::int64_t>(examples.size());
    batch.ids = padded(examples, positions, &EncodedExample::ids).to(device);
    batch.mask = token_mask(examples, positions).to(device);
    if (all_corrupted)
        batch.corrupted_ids = padded(examples, positions, &EncodedExample::corrupted).to(device);

    std::vector<std::int64_t> row, target, alternative;
    std::vector<double> weight;
    for (std::size_t b = 0; b < examples.size(); ++b)
        for (const ScoredTarget& scored : examples[b]->targets) {
            row.push_back(static_cast<std::int64_t>(b) * positions + scored.position);
            target.push_back(scored.target);
            alternative.push_back(scored.alternative);
            weight.push_back(1.0
                / (static_cast<double>(examples.size())
                    * static_cast<double>(examples[b]->targets.size())));
            batch.all_alternatives = batch.all_alternatives && scored.alternative >= 0;
        }
    batch.row = torch::tensor(row, torch::kInt64).to(device);
    batch.target = torch::tensor(target, torch::kInt64).to(device);
    batch.alternative = torch::tensor(alternative, torch::kInt64).to(device);
    batch.weight = torch::tensor(weight, torch::kFloat64)
                       .to(device, dtype == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32);
    return batch;
}

ScoredBatch targets_of(const ScoredBatch& batch, std::int64_t first, std::int64_t count)
{
    ScoredBatch some = batch;
    for (torch::Tensor* of_targets : { &some.row, &some.target, &some.alternative, &some.weight })
        *of_targets = of_targets->narrow(0, first, count);
    return some;
}

torch::Tensor targets_of(const torch::Tensor& kept, std::int64_t first, std::int64_t count)
{
    return kept.defined() ? kept.narrow(0, first, count) : kept;
}

ScoredBatch examples_of(const ScoredBatch& batch, std::int64_t first, std::int64_t count)
{
    const std::int64_t positions = batch.ids.size(1);
    const auto inside = torch::logical_and(
        batch.row >= first * positions, batch.row < (first + count) * positions);
    ScoredBatch some = batch;
    for (torch::Tensor* of_examples : { &some.ids, &some.mask, &some.corrupted_ids })
        if (of_examples->defined())
            *of_examples = of_examples->narrow(0, first, count);
    for (torch::Tensor* of_targets : { &some.row, &some.target, &some.alternative, &some.weight })
        *of_targets = of_targets->masked_select(inside);
    some.row = some.row - first * positions;
    some.weight = some.weight * (static_cast<double>(batch.examples) / static_cast<double>(count));
    some.examples = count;
    return some;
}

} // namespace circuitloom
