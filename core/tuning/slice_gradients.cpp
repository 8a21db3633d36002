#include "core/tuning/slice_gradients.h"

#include "core/tuning/passage.h"

#include <torch/autograd.h>

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

} // namespace

std::vector<torch::Tensor> slice_gradients(
    const torch::Tensor& loss, const ForwardTaps& taps, const ParameterMask& mask, Weights& weights)
{
    const auto all = weights.all();
    const auto passage = [&taps](const ParameterSlice& slice) {
        const auto& [layer, part] = slice.place;
        return layer < 0 ? Passage{}
                         : passage_of(taps.layers[static_cast<std::size_t>(layer)], part);
    };
    torch::autograd::variable_list wanted;
    std::map<const void*, std::size_t> index; // of a tensor in `wanted`
    const auto want = [&](const torch::Tensor& tensor) {
        const auto [place, added] = index.try_emplace(tensor.unsafeGetTensorImpl(), wanted.size());
        if (added)
            wanted.push_back(tensor);
        return place->second;
    };
    std::vector<std::size_t> source;
    for (const ParameterSlice& slice : mask.slices()) {
        const auto output = passage(slice).output;
        source.push_back(want(output.defined() ? output : *all[slice.parameter]));
    }
    if (wanted.empty())
        return {};
    const auto found = torch::autograd::grad({ loss }, wanted, {}, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);

    const torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> gradients;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const ParameterSlice& slice = mask.slices()[i];
        const auto& gradient = found[source[i]];
        const auto input = passage(slice).input;
        if (!gradient.defined())
            gradients.emplace_back();
        else if (!input.defined())
            gradients.push_back(gradient.narrow(slice.dimension, slice.start, slice.length));
        else if (all[slice.parameter]->dim() == 1)
            gradients.push_back(rows_of(gradient).narrow(1, slice.start, slice.length).sum(0));
        else
            gradients.push_back(of_matrix(slice, rows_of(input), rows_of(gradient)));
    }
    return gradients;
}

} // namespace circuitloom
