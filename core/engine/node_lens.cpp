// Answers LensQuestion.
#include "core/engine/answers.h"

#include "core/base/error.h"
#include "core/engine/held_final_norm.h"
#include "core/engine/promoted_tokens.h"
#include "core/engine/task_batches.h"
#include "core/engine/text_tokens.h"
#include "core/evaluation/sum_type.h"
#include "core/evaluation/written_outputs.h"
#include "core/model/continuation.h"

#include <algorithm>
#include <optional>

namespace circuitloom {

namespace {

/// Rows of a pass with what competes at each, and how much each counts.
struct LensRows
{
    torch::Tensor row; ///< int64, [row]: index into the flattened [batch · position]
    torch::Tensor target; ///< int64, [row]: token id; undefined where there is none
    torch::Tensor alternative; ///< likewise
    torch::Tensor weight; ///< [row], of sum_type(); sums to this pass's share
};

/// The nodes' contributions to the logits, added up over passes.
class Lens
{
public:
    Lens(const Transformer& model, const ComputationalGraph& graph, std::vector<Node> nodes)
        : model_(model)
        , graph_(graph)
        , nodes_(std::move(nodes))
        , columns_(model.unembedding())
        , type_(sum_type(model.dtype()))
        , mean_column_(columns_.mean(1, false, type_))
        , bias_(model.unembedding_bias())
    {
        const auto options = mean_column_.options();
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            directions_.push_back(torch::zeros({ model.config().d_model }, options));
        target_ = torch::zeros({ static_cast<std::int64_t>(nodes_.size()) }, options);
        alternative_ = torch::zeros_like(target_);
        if (bias_.defined())
            bias_ = bias_.to(type_) - bias_.mean(type_);
        shares_ = torch::zeros({}, options);
    }

    void add(const ForwardTaps& taps, const LensRows& rows)
    {
        const auto at = [&](const torch::Tensor& x) {
            return x.reshape({ -1, x.size(-1) }).index_select(0, rows.row);
        };
        const auto stream = at(taps.final_input);
        const HeldFinalNorm norm(model_, stream.to(type_));
        shares_ += rows.weight.sum();
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            const bool whole = nodes_[i].kind == NodeKind::logits;
            const auto normed = whole
                ? model_.final_norm(stream).to(type_)
                : norm.normed(written(at(writes_from(taps, nodes_[i])), nodes_[i]));
            const auto weighted = normed * rows.weight.unsqueeze(1);
            directions_[i] += weighted.sum(0);
            const auto n = static_cast<std::int64_t>(i);
            const auto add_to = [&](torch::Tensor& sums, const torch::Tensor& tokens) {
                if (!tokens.defined())
                    return;
                sums[n] += pushed(weighted, tokens);
                if (whole && bias_.defined())
                    sums[n] += torch::dot(rows.weight, bias_.index_select(0, tokens));
            };
            add_to(target_, rows.target);
            add_to(alternative_, rows.alternative);
        }
    }

    NodeLens result(std::size_t i, const Tokenizer& tokenizer, bool target, bool alternative,
        int promoted) const
    {
        const auto n = static_cast<std::int64_t>(i);
        NodeLens lens{ nodes_[i], {}, {}, {} };
        if (target)
            lens.target = target_[n].item<double>();
        if (alternative)
            lens.alternative = alternative_[n].item<double>();
        auto logits = torch::matmul(directions_[i].to(columns_.scalar_type()), columns_).to(type_)
            - torch::dot(directions_[i], mean_column_);
        if (nodes_[i].kind == NodeKind::logits && bias_.defined())
            logits = logits + shares_ * bias_;
        lens.promoted = most_promoted(logits, tokenizer, promoted);
        return lens;
    }

private:
    // The sum over rows of what reaches the logit of each row's token, less the mean logit.
    torch::Tensor pushed(const torch::Tensor& weighted, const torch::Tensor& tokens) const
    {
        const auto towards = columns_.index_select(1, tokens).t().to(type_) - mean_column_;
        return (weighted * towards).sum();
    }

    torch::Tensor written(const torch::Tensor& from, const Node& node) const
    {
        return written_difference(model_, graph_, node, from, Baseline::zero).to(type_);
    }

    static torch::Tensor writes_from(const ForwardTaps& taps, const Node& node)
    {
        if (node.kind == NodeKind::input)
            return taps.embedding;
        const LayerTaps& layer = taps.layers[static_cast<std::size_t>(node.layer)];
        return node.kind == NodeKind::head ? layer.head_sources : layer.mlp_sources;
    }

    const Transformer& model_;
    const ComputationalGraph& graph_;
    std::vector<Node> nodes_;
    torch::Tensor columns_; ///< W_U, [d_model, vocabulary]
    torch::Dtype type_; ///< of all below
    torch::Tensor mean_column_; ///< [d_model]
    torch::Tensor bias_; ///< of the unembedding, less its mean, [vocabulary]; may be undefined
    torch::Tensor shares_; ///< the sum of all rows' weights
    std::vector<torch::Tensor> directions_; ///< per node, before W_U, [d_model]
    torch::Tensor target_; ///< [node]
    torch::Tensor alternative_;
};

void check_nodes(const std::vector<Node>& nodes, const ComputationalGraph& graph)
{
    if (nodes.empty())
        throw InputError(
            "There is no node to look at: name one, such as a2.h5, m3, input or logits.");
    const auto known = graph.nodes().first(static_cast<std::size_t>(graph.upstream_count()));
    for (const Node& node : nodes)
        if (node.kind != NodeKind::logits && std::ranges::find(known, node) == known.end())
            throw InputError(node_name(node)
                + " is no node of this model's graph that writes to the residual stream, nor "
                  "logits.");
}

LensRows last_row(const LensQuestion& question, const Tokenizer& tokenizer,
    const torch::Tensor& input, const Transformer& model)
{
    const auto ids = torch::TensorOptions(torch::kInt64).device(model.device());
    const auto token = [&](const std::string& text) {
        return text.empty()
            ? torch::Tensor()
            : torch::full({ 1 }, first_token_after(tokenizer, question.text, text), ids);
    };
    return { torch::full({ 1 }, input.size(1) - 1, ids), token(question.target),
        token(question.alternative),
        torch::ones({ 1 }, torch::TensorOptions(sum_type(model.dtype())).device(model.device())) };
}

} // namespace

LensAnswer answer(const LensQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    const SourcedModel sourced = context.model(question.model, question.compute);
    const Transformer& model = *sourced.model;
    const Tokenizer& tokenizer = *sourced.tokenizer;
    const ComputationalGraph graph(
        model.config().graph_shape(), { GraphKind::full, question.mlp_group_size });
    check_nodes(question.nodes, graph);
    Lens lens(model, graph, question.nodes);
    LensAnswer answer;
    answer.model = sourced.shown;
    bool target = true;
    bool alternative = true;
    if (question.task.empty()) {
        const auto ids = tokens_or_start(tokenizer.encode(question.text), model.config());
        const auto input = token_row(ids, model);
        ForwardTaps taps;
        model.hidden(input, &taps);
        lens.add(taps, last_row(question, tokenizer, input, model));
        target = !question.target.empty();
        alternative = !question.alternative.empty();
    } else {
        TaskUsed used = for_each_batch({ question.task, question.examples, question.max_tokens },
            sourced, context, "looking through the lens", [&](const TaskBatch& part) {
                const ScoredBatch& batch = part.scored;
                alternative = alternative && batch.all_alternatives;
                ForwardTaps taps;
                model.hidden(batch.ids, &taps);
                lens.add(taps,
                    { batch.row, batch.target,
                        batch.all_alternatives ? batch.alternative : torch::Tensor(),
                        batch.weight * part.share });
            });
        answer.examples = used.examples;
        answer.dropped = std::move(used.dropped);
        answer.notes = std::move(used.notes);
    }
    for (std::size_t i = 0; i < question.nodes.size(); ++i)
        answer.nodes.push_back(lens.result(i, tokenizer, target, alternative, question.promoted));
    return answer;
}

} // namespace circuitloom
