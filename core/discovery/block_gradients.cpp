#include "core/discovery/block_gradients.h"

#include <torch/autograd.h>

#include <cstddef>
#include <utility>

namespace circuitloom {

namespace {

std::vector<torch::Tensor> gradients_at(const torch::Tensor& of, const torch::Tensor& above,
    const torch::autograd::variable_list& inputs)
{
    torch::autograd::variable_list outer;
    if (above.defined())
        outer.push_back(above);
    return torch::autograd::grad({ of }, inputs, outer, /*retain_graph=*/false,
        /*create_graph=*/false, /*allow_unused=*/true);
}

torch::Tensor edit_of(const std::vector<torch::Tensor>& edits, int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    return at < edits.size() ? edits[at] : torch::Tensor();
}

/// Goes down through the blocks of the pass that gave `taps`.
class Descent
{
public:
    Descent(const Transformer& model, const ForwardTaps& taps, const ForwardEdits& edits,
        const ComputationalGraph& graph)
        : model_(model)
        , taps_(taps)
        , edits_(edits)
        , whole_(graph.options().mlp_group_size == 0)
        , tables_(model.position_tables(taps.embedding.size(1)))
    {
        gradients_.qkv.resize(taps.layers.size());
        mlps().resize(taps.layers.size());
    }

    /// Of block `layer`, with a graph that begins at its input. Hold the block before.
    torch::Tensor block(int layer, LayerTaps& tap) const
    {
        const LayerTaps& passed = taps_.layers[static_cast<std::size_t>(layer)];
        tap.attention_input = passed.attention_input.detach().requires_grad_();
        return model_.block(layer, tap, tables_,
            { edit_of(edits_.heads, layer), edit_of(edits_.mlp_output, layer) });
    }
    const torch::Tensor& read_by_mlp(const LayerTaps& tap) const
    {
        return whole_ ? tap.mlp_normed : tap.mlp_in;
    }
    void take(int layer, torch::Tensor qkv, torch::Tensor mlp)
    {
        gradients_.qkv[static_cast<std::size_t>(layer)] = std::move(qkv);
        mlps()[static_cast<std::size_t>(layer)] = std::move(mlp);
    }
    /// From the gradient at what block `layer` leaves to the first block.
    void go_down(int layer, torch::Tensor above)
    {
        for (; layer >= edits_.first_layer && above.defined(); --layer) {
            const HeldBlock held = model_.hold(layer);
            LayerTaps tap;
            const auto output = block(layer, tap);
            auto found = gradients_at(
                output, above, { tap.qkv, read_by_mlp(tap), tap.attention_input });
            take(layer, std::move(found[0]), std::move(found[1]));
            above = std::move(found[2]);
        }
    }
    TapGradients& gradients() { return gradients_; }

private:
    std::vector<torch::Tensor>& mlps()
    {
        return whole_ ? gradients_.mlp_normed : gradients_.mlp_in;
    }

    const Transformer& model_;
    const ForwardTaps& taps_;
    const ForwardEdits& edits_;
    bool whole_; ///< MLPs
    PositionTables tables_;
    TapGradients gradients_;
};

} // namespace

TapGradients gradients_by_block(const Transformer& model, const ForwardTaps& taps,
    const torch::Tensor& rows, const BatchMetric& metric, const ComputationalGraph& graph)
{
    const torch::AutoGradMode gradients(true);
    const ForwardEdits none;
    Descent descent(model, taps, none, graph);
    const int last = model.config().layers - 1;
    torch::Tensor above;
    {
        const HeldBlock held = model.hold(last);
        ForwardTaps top;
        LayerTaps& tap = top.layers.emplace_back();
        top.final_input = descent.block(last, tap);
        const MetricTail tail = metric_tail(model, top, rows);
        auto found = gradients_at(metric(tail.hidden), {},
            { tap.qkv, descent.read_by_mlp(tail.last), tail.final_input, tap.attention_input });
        descent.take(last, std::move(found[0]), std::move(found[1]));
        descent.gradients().final_input = std::move(found[2]);
        above = std::move(found[3]);
        const torch::NoGradGuard no_grad;
        put_back(descent.gradients(), rows, tap, top.final_input);
    }
    descent.go_down(last - 1, std::move(above));
    return std::move(descent.gradients());
}

TapGradients gradients_by_block(const Transformer& model, const torch::Tensor& ids,
    const ForwardEdits& edits, ForwardTaps& taps, const BatchMetric& metric,
    const ComputationalGraph& graph)
{
    {
        const torch::NoGradGuard no_grad;
        model.hidden(ids, &taps, edits);
    }
    const torch::AutoGradMode gradients(true);
    Descent descent(model, taps, edits, graph);
    const auto final_input = taps.final_input.detach().requires_grad_();
    auto found = gradients_at(metric(model.final_norm(final_input)), {}, { final_input });
    descent.gradients().final_input = found[0];
    descent.go_down(model.config().layers - 1, std::move(found[0]));
    return std::move(descent.gradients());
}

} // namespace circuitloom
