#include "core/evaluation/row_sums.h"

#include <torch/autograd.h>

#include <algorithm>
#include <vector>

namespace circuitloom {

namespace {

torch::Tensor logits_of(const Transformer& model, const torch::Tensor& rows)
{
    const auto logits = model.unembed(rows);
    return logits.scalar_type() == torch::kFloat64 ? logits : logits.to(torch::kFloat32);
}

/// A value whose derivative by `x` is known already.
struct KnownGradient : torch::autograd::Function<KnownGradient>
{
    static torch::Tensor forward(torch::autograd::AutogradContext* context,
        const torch::Tensor& value, const torch::Tensor&, const torch::Tensor& gradient)
    {
        context->save_for_backward({ gradient });
        return value.clone();
    }

    static torch::autograd::variable_list backward(
        torch::autograd::AutogradContext* context, torch::autograd::variable_list outer)
    {
        const auto gradient = context->get_saved_variables().front();
        return { outer[0], (gradient * outer[0]).to(gradient.scalar_type()), torch::Tensor() };
    }
};

torch::autograd::variable_list trained_outputs(const Transformer& model)
{
    const Weights& weights = model.weights();
    const auto& columns
        = weights.unembedding.defined() ? weights.unembedding : weights.token_embedding;
    torch::autograd::variable_list trained;
    for (const auto* tensor : { &columns, &weights.unembedding_bias })
        if (tensor->defined() && tensor->requires_grad())
            trained.push_back(*tensor);
    return trained;
}

} // namespace

torch::Tensor sum_over_rows(const Transformer& model, const torch::Tensor& hidden,
    const torch::Tensor& rows, const RowsTerm& term, std::int64_t at_once)
{
    return sum_over_picked(
        model, hidden.reshape({ -1, hidden.size(-1) }).index_select(0, rows), term, at_once);
}

torch::Tensor sum_over_picked(const Transformer& model, const torch::Tensor& picked,
    const RowsTerm& term, std::int64_t at_once)
{
    const std::int64_t count = picked.size(0);
    const std::int64_t part = logit_rows_at_once(model.config(), at_once);
    if (count <= part)
        return term(logits_of(model, picked), 0);
    const auto trained = trained_outputs(model);
    const bool wanted
        = torch::GradMode::is_enabled() && (picked.requires_grad() || !trained.empty());
    const torch::AutoGradMode mode(wanted);
    torch::Tensor sum;
    torch::Tensor by_rows = wanted ? torch::empty_like(picked.detach()) : torch::Tensor();
    std::vector<torch::Tensor> by_trained(trained.size());
    for (std::int64_t first = 0; first < count; first += part) {
        const auto length = std::min(part, count - first);
        const auto some = picked.detach().narrow(0, first, length).requires_grad_(wanted);
        const auto of_some = term(logits_of(model, some), first);
        sum = sum.defined() ? sum + of_some.detach() : of_some.detach();
        if (!wanted)
            continue;
        torch::autograd::variable_list inputs{ some };
        inputs.insert(inputs.end(), trained.begin(), trained.end());
        const auto found = torch::autograd::grad({ of_some }, inputs);
        by_rows.narrow(0, first, length).copy_(found[0]);
        for (std::size_t i = 0; i < trained.size(); ++i)
            by_trained[i] = by_trained[i].defined() ? by_trained[i] + found[i + 1] : found[i + 1];
    }
    if (!wanted)
        return sum;
    if (picked.requires_grad())
        sum = KnownGradient::apply(sum, picked, by_rows);
    for (std::size_t i = 0; i < trained.size(); ++i)
        sum = KnownGradient::apply(sum, trained[i], by_trained[i]);
    return sum;
}

} // namespace circuitloom
