#include "core/model/recomputed_pass.h"

#include <torch/autograd.h>

#include <algorithm>
#include <utility>

namespace circuitloom {

namespace {

/// Of `output`, whose own gradient is `above` (undefined for a number), at what the taker wants,
/// and at `input` where that is defined, which is returned.
torch::Tensor pass_down(const torch::Tensor& output, const torch::Tensor& above, int layer,
    const LayerTaps& taps, const torch::Tensor& input, GradientTaker& taker)
{
    torch::autograd::variable_list at = taker.wanted(layer, taps);
    if (input.defined())
        at.push_back(input);
    if (at.empty())
        return {};
    torch::autograd::variable_list outer;
    if (above.defined())
        outer.push_back(above);
    auto found = torch::autograd::grad({ output }, at, outer, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);
    torch::Tensor below;
    if (input.defined()) {
        below = std::move(found.back());
        found.pop_back();
    }
    taker.take(layer, taps, found);
    return below;
}

} // namespace

RecomputedPass::RecomputedPass(
    const Transformer& model, torch::Tensor ids, int lowest, KeptInputs where)
    : model_(model)
    , ids_(std::move(ids))
    , lowest_(lowest)
    , where_(where)
    , tables_(model.position_tables(ids_.size(1)))
    , inputs_(static_cast<std::size_t>(model.config().layers))
{
    {
        const torch::NoGradGuard no_grad;
        torch::Tensor x = model_.embed(ids_);
        for (int layer = 0; layer < model_.config().layers; ++layer) {
            if (layer >= lowest_)
                inputs_[static_cast<std::size_t>(layer)] = kept(x);
            const HeldBlock held = model_.hold(layer);
            LayerTaps tap;
            tap.attention_input = std::move(x);
            x = model_.block(layer, tap, tables_);
        }
        final_input_ = std::move(x);
    }
    final_input_.requires_grad_();
    hidden_ = model_.final_norm(final_input_);
}

// Copies to and from page-locked memory are queued on the stream that computes, so each waits for
// what it needs, and LibTorch gives the memory to others only after that.
torch::Tensor RecomputedPass::kept(const torch::Tensor& x) const
{
    if (where_ == KeptInputs::on_device)
        return x;
    const auto host
        = torch::empty(x.sizes(), x.options().device(torch::kCPU).pinned_memory(x.is_cuda()));
    return host.copy_(x, /*non_blocking=*/true);
}

void RecomputedPass::backward(const torch::Tensor& objective, GradientTaker& taker)
{
    const torch::AutoGradMode gradients(true);
    const int layers = model_.config().layers;
    torch::Tensor above = pass_down(
        objective, {}, layers, {}, lowest_ < layers ? final_input_ : torch::Tensor(), taker);
    hidden_.reset();
    final_input_.reset();
    for (int layer = layers - 1; layer >= std::max(0, lowest_) && above.defined(); --layer) {
        const HeldBlock held = model_.hold(layer);
        LayerTaps tap;
        torch::Tensor& input = inputs_[static_cast<std::size_t>(layer)];
        tap.attention_input = input.to(ids_.device(), /*non_blocking=*/true).detach();
        tap.attention_input.requires_grad_();
        input.reset();
        const auto output = model_.block(layer, tap, tables_);
        above = pass_down(output, above, layer, tap,
            layer > lowest_ ? tap.attention_input : torch::Tensor(), taker);
    }
    if (lowest_ < 0 && above.defined())
        pass_down(model_.embed(ids_), above, -1, {}, {}, taker);
}

} // namespace circuitloom
