// Answers TargetAttentionQuestion.
#include "core/engine/answers.h"
#include "core/engine/chosen_heads.h"
#include "core/engine/task_batches.h"

#include <algorithm>
#include <array>

namespace circuitloom {

namespace {

/// Which tokens of a batch count for which share, as floats of 0 and 1, [target, position].
struct LookedAt
{
    torch::Tensor changed;
    torch::Tensor first;
    torch::Tensor previous;
    torch::Tensor itself;
};

LookedAt looked_at(const TaskBatch& batch, const torch::Tensor& example, const torch::Tensor& place)
{
    const auto positions = batch.scored.ids.size(1);
    const auto all = torch::arange(positions, place.options()).unsqueeze(0);
    const auto at = [&](const torch::Tensor& where) {
        return (all == where.unsqueeze(1)).to(torch::kFloat64);
    };
    LookedAt parts{ {}, at(torch::zeros_like(place)), at(place - 1), at(place) };
    auto changed = torch::zeros(
        { static_cast<std::int64_t>(batch.examples.size()), positions }, torch::kFloat64);
    auto cell = changed.accessor<double, 2>();
    for (std::size_t b = 0; b < batch.examples.size(); ++b) {
        const EncodedExample& one = *batch.examples[b];
        for (std::size_t p = 0; p < std::min(one.ids.size(), one.corrupted.size()); ++p)
            if (one.ids[p] != one.corrupted[p])
                cell[static_cast<std::int64_t>(b)][static_cast<std::int64_t>(p)] = 1;
    }
    parts.changed = changed.to(example.device()).index_select(0, example);
    return parts;
}

/// Sums over the task, [head of the layer], one tensor for each share.
struct LayerShares
{
    std::array<torch::Tensor, 4> sums; ///< changed, first, previous, itself; float64
};

} // namespace

TargetAttentionAnswer answer(
    const TargetAttentionQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    const std::vector<Node> heads = chosen_heads(question.heads, model.config());
    std::vector<LayerShares> layers(static_cast<std::size_t>(model.config().layers));

    TargetAttentionAnswer answer;
    answer.model = sourced.shown;
    TaskUsed used = for_each_batch({ question.task, question.examples, question.max_tokens },
        sourced, context, "reading attention", [&](const TaskBatch& batch) {
            const ScoredBatch& scored = batch.scored;
            const auto positions = scored.ids.size(1);
            const auto example = torch::floor_divide(scored.row, positions);
            const auto place = torch::remainder(scored.row, positions);
            const LookedAt parts = looked_at(batch, example, place);
            const auto weight = scored.weight.to(torch::kFloat64) * batch.share;
            answer.changed_examples
                += static_cast<int>(std::ranges::count_if(batch.examples,
                    [](const EncodedExample* one) { return !one->corrupted.empty(); }));
            ForwardTaps taps;
            model.hidden(scored.ids, &taps);
            const PositionTables tables = model.position_tables(positions);
            for (std::size_t layer = 0; layer < layers.size(); ++layer) {
                const bool wanted = std::ranges::any_of(heads,
                    [&](const Node& head) { return head.layer == static_cast<int>(layer); });
                if (!wanted)
                    continue;
                // [target, head, position] from [batch, head, position, position]
                const auto rows
                    = model.attention_weights(static_cast<int>(layer), taps.layers[layer].qkv, tables)
                          .transpose(1, 2)
                          .reshape({ -1, model.config().heads, positions })
                          .index_select(0, scored.row)
                          .to(torch::kFloat64);
                const torch::Tensor* masks[]{ &parts.changed, &parts.first, &parts.previous,
                    &parts.itself };
                for (std::size_t i = 0; i < std::size(masks); ++i) {
                    const auto share = torch::matmul(rows, masks[i]->unsqueeze(2)).squeeze(2);
                    const auto sum = torch::matmul(weight, share);
                    torch::Tensor& total = layers[layer].sums[i];
                    total = total.defined() ? total + sum : sum;
                }
            }
        });
    answer.examples = used.examples;
    answer.dropped = std::move(used.dropped);
    answer.notes = std::move(used.notes);
    for (const Node& head : heads) {
        const auto& sums = layers[static_cast<std::size_t>(head.layer)].sums;
        const auto value = [&](std::size_t i) { return sums[i][head.index].item<double>(); };
        TargetAttention found{ head, {}, value(1), value(2), value(3) };
        // Examples without a corrupted prompt added nothing.
        if (answer.changed_examples > 0)
            found.changed = value(0) * answer.examples / answer.changed_examples;
        answer.heads.push_back(found);
    }
    return answer;
}

} // namespace circuitloom
