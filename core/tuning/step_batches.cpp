#include "core/tuning/step_batches.h"

#include "core/base/random.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

/// Makes a share of a set, batch by batch.
class Sharing
{
public:
    Sharing(const EncodedTask& task, const Transformer& model, const Ranks& ranks,
        std::size_t parts)
        : task_(task)
        , model_(model)
        , ranks_(ranks)
        , parts_(parts)
    {
    }

    /// The examples of one batch of the whole set, by their places in the task.
    void add(std::span<const std::size_t> batch)
    {
        for (std::size_t i = 0; i < parts_; ++i) {
            const std::size_t begin = batch.size() * i / parts_;
            const std::size_t end = batch.size() * (i + 1) / parts_;
            if (begin < end)
                add_part(batch.subspan(begin, end - begin));
        }
    }

    /// All of a set's examples, in batches.
    BatchShare set(std::span<const std::size_t> examples, int batch)
    {
        const auto size = static_cast<std::size_t>(batch);
        for (std::size_t first = 0; first < examples.size(); first += size)
            add(examples.subspan(first, std::min(size, examples.size() - first)));
        return taken();
    }

    BatchShare taken() { return std::move(share_); }

private:
    void add_part(std::span<const std::size_t> batch)
    {
        const auto [begin, end] = ranks_.share_of(batch.size());
        std::vector<const EncodedExample*> mine;
        std::int64_t my_tokens = 0;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const EncodedExample& example = task_.examples[batch[i]];
            const auto tokens = static_cast<std::int64_t>(example.ids.size());
            share_.tokens += tokens;
            if (i < begin || i >= end)
                continue;
            mine.push_back(&example);
            my_tokens += tokens;
        }
        if (!mine.empty()) {
            share_.batches.push_back(make_batch(mine, model_.device(), model_.dtype()));
            share_.batch_tokens.push_back(my_tokens);
            share_.first.push_back(share_.examples + static_cast<std::int64_t>(begin));
        }
        ++share_.all_batches;
        share_.examples += static_cast<std::int64_t>(batch.size());
    }

    const EncodedTask& task_;
    const Transformer& model_;
    const Ranks& ranks_;
    std::size_t parts_;
    BatchShare share_;
};

// So many examples of the task, or all where there are not more, ascending.
std::vector<std::size_t> drawn_places(const EncodedTask& task, int count, std::uint64_t seed)
{
    std::vector<std::size_t> drawn(task.examples.size());
    std::iota(drawn.begin(), drawn.end(), std::size_t{ 0 });
    Random random(seed);
    random.shuffle(drawn);
    drawn.resize(std::min(drawn.size(), static_cast<std::size_t>(count)));
    std::ranges::sort(drawn);
    return drawn;
}

} // namespace

StepExamples next_examples(DataOrder& order, const RunConfig& config)
{
    StepExamples examples;
    for (int i = 0; i < config.accumulate; ++i)
        examples.push_back(order.next(static_cast<std::size_t>(config.batch)));
    return examples;
}

BatchShare batches_of(const StepExamples& examples, const EncodedTask& task,
    const Transformer& model, const Ranks& ranks, std::size_t parts)
{
    Sharing sharing(task, model, ranks, parts);
    for (const std::vector<std::size_t>& batch : examples)
        sharing.add(batch);
    return sharing.taken();
}

BatchShare next_batches(DataOrder& order, const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks, std::size_t parts)
{
    return batches_of(next_examples(order, config), task, model, ranks, parts);
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

std::vector<std::size_t> probe_places(const EncodedTask& task, const RunConfig& config)
{
    constexpr std::uint64_t apart = 0x70726f62650a0000ULL; // from the order of the data
    return drawn_places(task, config.probe_examples, config.seed ^ apart);
}

BatchShare probe_batches(const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks, std::size_t parts)
{
    if (config.score_on != ScoredOn::probe)
        return {};
    return Sharing(task, model, ranks, parts).set(probe_places(task, config), config.batch);
}

std::vector<std::size_t> calibration_places(const EncodedTask& task, const RunConfig& config)
{
    constexpr std::uint64_t apart = 0x63616c6962720000ULL; // from the probe
    return drawn_places(task, config.mask_examples, config.seed ^ apart);
}

BatchShare calibration_batches(const EncodedTask& task, const RunConfig& config,
    const Transformer& model, const Ranks& ranks, std::size_t parts)
{
    if (!tuning_method_info(config.method).calibrates)
        return {};
    return Sharing(task, model, ranks, parts).set(calibration_places(task, config), config.batch);
}

} // namespace circuitloom
