#include "core/tuning/slice_gradients.h"

#include "core/tuning/passage.h"

#include <torch/autograd.h>

#include <algorithm>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

torch::Tensor of_matrix(
    const ParameterSlice& slice, const torch::Tensor& input, const torch::Tensor& gradient)
{
    if (slice.dimension == 0)
        return torch::mm(input.narrow(1, slice.start, slice.length).t(), gradient);
    return torch::mm(input.t(), gradient.narrow(1, slice.start, slice.length));
}

Passage passage_in(const LayerTaps& taps, const ParameterSlice& slice)
{
    return slice.place.layer < 0 ? Passage{} : passage_of(taps, slice.place.part);
}

/// Of the slice, from the gradient at its matrix's output, or at its whole parameter where there is
/// no passage.
torch::Tensor gradient_of(const ParameterSlice& slice, const torch::Tensor& parameter,
    const Passage& passage, const torch::Tensor& gradient)
{
    if (!gradient.defined())
        return {};
    if (!passage.input.defined())
        return gradient.narrow(slice.dimension, slice.start, slice.length);
    if (parameter.dim() == 1)
        return rows_of(gradient).narrow(1, slice.start, slice.length).sum(0);
    const auto whole = of_matrix(slice, rows_of(passage.input), rows_of(gradient));
    return slice.entries.is_defined() ? taken(whole, slice.entries) : whole;
}

/// Tensors, each of them once.
class Wanted
{
public:
    /// Its place among the tensors.
    std::size_t add(const torch::Tensor& tensor)
    {
        const auto [place, added] = index_.try_emplace(tensor.unsafeGetTensorImpl(), tensors.size());
        if (added)
            tensors.push_back(tensor);
        return place->second;
    }
    torch::autograd::variable_list tensors;

private:
    std::map<const void*, std::size_t> index_;
};

/// The stages of a pass that a parameter takes part in: a block, ModelConfig::layers for what
/// follows them, -1 for the embedding.
bool takes_part(const ParameterSlice& slice, const Weights& weights, int stage)
{
    if (slice.place.layer >= 0)
        return slice.place.layer == stage;
    const torch::Tensor* const parameter = weights.all()[slice.parameter];
    const int layers = static_cast<int>(weights.layers.size());
    const bool is_table = parameter == &weights.token_embedding;
    if (stage == -1)
        return is_table || parameter == &weights.position_embedding;
    if (stage == layers)
        return (is_table && !weights.unembedding.defined()) || parameter == &weights.unembedding
            || parameter == &weights.unembedding_bias || parameter == &weights.final_norm_weight
            || parameter == &weights.final_norm_bias;
    const auto& block = weights.layers[static_cast<std::size_t>(stage)];
    return std::ranges::any_of(block, [&](const auto& tensor) { return parameter == &tensor; });
}

} // namespace

std::vector<torch::Tensor> slice_gradients(
    const torch::Tensor& loss, const ForwardTaps& taps, const ParameterMask& mask, Weights& weights)
{
    const auto all = weights.all();
    const auto passage = [&taps](const ParameterSlice& slice) {
        return slice.place.layer < 0
            ? Passage{}
            : passage_in(taps.layers[static_cast<std::size_t>(slice.place.layer)], slice);
    };
    Wanted wanted;
    std::vector<std::size_t> source;
    for (const ParameterSlice& slice : mask.slices()) {
        const auto output = passage(slice).output;
        source.push_back(wanted.add(output.defined() ? output : *all[slice.parameter]));
    }
    if (wanted.tensors.empty())
        return {};
    const auto found = torch::autograd::grad({ loss }, wanted.tensors, {}, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);

    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> gradients;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        gradients.push_back(
            gradient_of(slice, *all[slice.parameter], passage(slice), found[source[i]]));
    }
    return gradients;
}

SliceGradients::SliceGradients(const ParameterMask& mask, Weights& weights)
    : mask_(mask)
    , weights_(weights)
    , gradients_(mask.slices().size())
{
}

std::vector<torch::Tensor> SliceGradients::wanted(int layer, const LayerTaps& taps)
{
    slices_.clear();
    source_.clear();
    Wanted wanted;
    const auto all = weights_.all();
    for (std::size_t i = 0; i < gradients_.size(); ++i) {
        const ParameterSlice& slice = mask_.slices()[i];
        if (!takes_part(slice, weights_, layer))
            continue;
        const auto output = passage_in(taps, slice).output;
        slices_.push_back(i);
        source_.push_back(wanted.add(output.defined() ? output : *all[slice.parameter]));
    }
    return std::move(wanted.tensors);
}

void SliceGradients::take(
    int, const LayerTaps& taps, const std::vector<torch::Tensor>& gradients)
{
    const torch::NoGradGuard no_grad;
    const auto all = weights_.all();
    for (std::size_t i = 0; i < slices_.size(); ++i) {
        const ParameterSlice& slice = mask_.slices()[slices_[i]];
        const auto found = gradient_of(
            slice, *all[slice.parameter], passage_in(taps, slice), gradients[source_[i]]);
        // A tied embedding has two.
        torch::Tensor& sum = gradients_[slices_[i]];
        if (found.defined())
            sum = sum.defined() ? sum + found : found;
    }
}

int lowest_trained(const ParameterMask& mask, const Weights& weights)
{
    const int layers = static_cast<int>(weights.layers.size());
    for (int stage = -1; stage < layers; ++stage)
        for (const ParameterSlice& slice : mask.slices())
            if (takes_part(slice, weights, stage))
                return stage;
    return layers;
}

} // namespace circuitloom
