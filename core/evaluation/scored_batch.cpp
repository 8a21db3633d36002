#include "core/evaluation/scored_batch.h"

#include "core/base/error.h"

#include <algorithm>
#include <numeric>

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

torch::Tensor on_device(const std::vector<std::int64_t>& numbers, torch::Device device)
{
    return torch::tensor(numbers, torch::kInt64).to(device);
}

torch::Tensor each_once(std::vector<std::int64_t> rows, torch::Device device)
{
    // Two targets of one example may share a position.
    std::ranges::sort(rows);
    const auto repeated = std::ranges::unique(rows);
    rows.erase(repeated.begin(), repeated.end());
    return on_device(rows, device);
}

std::int64_t sum(const std::vector<std::int64_t>& of, std::int64_t first, std::int64_t count)
{
    return std::accumulate(of.begin() + first, of.begin() + first + count, std::int64_t{ 0 });
}

} // namespace

std::int64_t ScoredBatch::tokens() const
{
    return sum(lengths, 0, std::ssize(lengths));
}

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

    std::vector<std::int64_t> target, alternative, text_row, text_next;
    std::vector<double> weight;
    for (std::size_t b = 0; b < examples.size(); ++b) {
        const std::vector<std::int32_t>& ids = examples[b]->ids;
        batch.lengths.push_back(std::ssize(ids));
        batch.targets.push_back(std::ssize(examples[b]->targets));
        for (std::size_t p = 1; p < ids.size(); ++p) {
            text_row.push_back(static_cast<std::int64_t>(b) * positions + static_cast<std::int64_t>(p) - 1);
            text_next.push_back(ids[p]);
        }
        for (const ScoredTarget& scored : examples[b]->targets) {
            batch.rows.push_back(static_cast<std::int64_t>(b) * positions + scored.position);
            target.push_back(scored.target);
            alternative.push_back(scored.alternative);
            weight.push_back(1.0
                / (static_cast<double>(examples.size())
                    * static_cast<double>(examples[b]->targets.size())));
            batch.all_alternatives = batch.all_alternatives && scored.alternative >= 0;
        }
    }
    batch.row = on_device(batch.rows, device);
    batch.scored_row = each_once(batch.rows, device);
    batch.text_row = on_device(text_row, device);
    batch.text_next = on_device(text_next, device);
    batch.target = on_device(target, device);
    batch.alternative = on_device(alternative, device);
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

TargetRange targets_of_examples(const ScoredBatch& batch, std::int64_t first, std::int64_t count)
{
    return { sum(batch.targets, 0, first), sum(batch.targets, first, count) };
}

ScoredBatch examples_of(const ScoredBatch& batch, std::int64_t first, std::int64_t count)
{
    const std::int64_t positions = batch.ids.size(1);
    const TargetRange targets = targets_of_examples(batch, first, count);
    ScoredBatch some = targets_of(batch, targets.first, targets.count);
    for (torch::Tensor* of_examples : { &some.ids, &some.mask, &some.corrupted_ids })
        if (of_examples->defined())
            *of_examples = of_examples->narrow(0, first, count);
    const auto predicted = [&batch](std::int64_t from, std::int64_t number) {
        std::int64_t tokens = 0;
        for (std::int64_t b = from; b < from + number; ++b)
            tokens += std::max<std::int64_t>(0, batch.lengths[static_cast<std::size_t>(b)] - 1);
        return tokens;
    };
    for (torch::Tensor* of_text : { &some.text_row, &some.text_next })
        *of_text = of_text->narrow(0, predicted(0, first), predicted(first, count));
    some.row = some.row - first * positions;
    some.text_row = some.text_row - first * positions;
    some.weight = some.weight * (static_cast<double>(batch.examples) / static_cast<double>(count));
    some.examples = count;
    const auto part = [](const std::vector<std::int64_t>& of, std::int64_t from, std::int64_t number) {
        return std::vector<std::int64_t>(of.begin() + from, of.begin() + from + number);
    };
    some.lengths = part(batch.lengths, first, count);
    some.targets = part(batch.targets, first, count);
    some.rows = part(batch.rows, targets.first, targets.count);
    for (std::int64_t& row : some.rows)
        row -= first * positions;
    some.scored_row = each_once(some.rows, batch.row.device());
    return some;
}

} // namespace circuitloom
