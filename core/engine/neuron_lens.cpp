// Answers NeuronQuestion.
#include "core/engine/answers.h"
#include "core/engine/held_final_norm.h"
#include "core/engine/promoted_tokens.h"
#include "core/engine/task_batches.h"
#include "core/evaluation/sum_type.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

namespace {

NeuronRange neurons_of(const Node& node, const ComputationalGraph& graph)
{
    const bool mlp = node.kind == NodeKind::mlp || node.kind == NodeKind::mlp_group;
    if (!mlp || !graph.find_node(node))
        throw InputError(node_name(node) + " is no MLP or neuron group of this model's graph.");
    return graph.group_range(std::max(node.index, 0));
}

} // namespace

NeuronAnswer answer(const NeuronQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    const ComputationalGraph graph(
        model.config().graph_shape(), { GraphKind::full, question.mlp_group_size });
    const NeuronRange range = neurons_of(question.node, graph);
    const auto layer = static_cast<std::size_t>(question.node.layer);
    const auto columns = model.unembedding(); // [d_model, vocabulary]
    const auto type = sum_type(model.dtype());
    const auto mean_column = columns.mean(1, false, type);
    const auto outwards = model.writing_weight(question.node.layer, BlockHalf::mlp)
                              .narrow(0, range.first, range.count); // [neuron, d_model]

    auto activation = torch::zeros({ range.count }, mean_column.options());
    auto alone = torch::zeros_like(activation); // to the target's logit, less the mean
    auto against = torch::zeros_like(activation); // to the alternative's, less the mean
    bool alternatives = true;
    auto scaled = torch::zeros_like(activation); // what it writes from, over the final norm's scale
    TaskUsed used = for_each_batch({ question.task, question.examples, question.max_tokens },
        sourced, context, "looking at neurons", [&](const TaskBatch& part) {
            const ScoredBatch& batch = part.scored;
            ForwardTaps taps;
            model.hidden(batch.ids, &taps);
            const auto at = [&](const torch::Tensor& x) {
                return x.reshape({ -1, x.size(-1) }).index_select(0, batch.row);
            };
            const auto own = [&](const torch::Tensor& x) {
                return at(x).narrow(1, range.first, range.count).to(type);
            };
            const auto weight = batch.weight * part.share;
            const HeldFinalNorm norm(model, at(taps.final_input).to(type));
            const auto sources = own(taps.layers[layer].mlp_sources);
            const auto pushed = [&](const torch::Tensor& tokens) {
                const auto towards = columns.index_select(1, tokens).t().to(type) - mean_column;
                const auto before = norm.before(towards).to(outwards.scalar_type());
                return torch::matmul(weight, torch::mm(before, outwards.t()).to(type) * sources);
            };
            activation += torch::matmul(weight, own(taps.layers[layer].mlp_hidden));
            alone += pushed(batch.target);
            alternatives = alternatives && batch.all_alternatives;
            if (alternatives)
                against += pushed(batch.alternative);
            scaled += torch::matmul(weight, sources * norm.factor());
        });

    NeuronAnswer answer;
    answer.model = sourced.shown;
    answer.of = range.count;
    answer.alternatives = alternatives;
    answer.examples = used.examples;
    answer.dropped = std::move(used.dropped);
    answer.notes = std::move(used.notes);
    const auto difference = alternatives ? alone - against : alone;
    const auto strongest = std::get<1>(
        difference.abs().topk(std::min<std::int64_t>(question.neurons, range.count)));
    for (std::int64_t k = 0; k < strongest.numel(); ++k) {
        const auto n = strongest[k].item<std::int64_t>();
        NeuronLens lens{ range.first + static_cast<int>(n), activation[n].item<double>(),
            difference[n].item<double>(), {} };
        const auto direction = final_norm_at_scale_one(model, outwards[n]) * scaled[n];
        lens.promoted = most_promoted(torch::matmul(direction, columns).to(type)
                - torch::dot(direction.to(type), mean_column),
            *sourced.tokenizer, question.promoted);
        answer.neurons.push_back(std::move(lens));
    }
    return answer;
}

} // namespace circuitloom
