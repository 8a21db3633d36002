#include "core/discovery/stream_geometry.h"

#include "core/discovery/edge_attribution.h"

namespace circuitloom {

namespace {

torch::Tensor pick_rows(const torch::Tensor& x, const torch::Tensor& rows)
{
    return x.detach().reshape({ -1, x.size(-1) }).index_select(0, rows);
}

// [row, block · width] times blocks of `weight` ([block · width, d_model]): [block, row, d_model].
torch::Tensor blockwise(const torch::Tensor& x, const torch::Tensor& weight, std::int64_t blocks)
{
    const auto width = x.size(1) / blocks;
    return torch::bmm(x.view({ x.size(0), blocks, width }).transpose(0, 1),
        weight.reshape({ blocks, width, weight.size(1) }));
}

} // namespace

StreamGeometry::StreamGeometry(const Transformer& model, const ComputationalGraph& graph)
    : model_(model)
    , graph_(graph)
{
}

torch::Tensor StreamGeometry::written(
    const ForwardTaps& taps, const BaselineActivations& means, const torch::Tensor& rows) const
{
    const Weights& weights = model_.weights();
    std::vector<torch::Tensor> parts;
    if (graph_.options().kind == GraphKind::full)
        parts.push_back((pick_rows(taps.embedding, rows) - means.embedding).unsqueeze(0));
    for (int layer = 0; layer < model_.config().layers; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        const auto& tap = taps.layers[at];
        parts.push_back(blockwise(pick_rows(tap.heads, rows) - means.heads[at],
            weights.at(layer, LayerPart::output_weight), model_.config().heads));
        parts.push_back(blockwise(pick_rows(tap.mlp_hidden, rows) - means.mlps[at],
            weights.at(layer, LayerPart::mlp_out_weight), graph_.groups_per_mlp()));
    }
    return torch::cat(parts);
}

torch::Tensor StreamGeometry::through_norm(
    const torch::Tensor& gradient, const torch::Tensor& input, const torch::Tensor& weight) const
{
    const double epsilon = model_.config().norm_epsilon;
    const auto scaled = gradient * weight;
    if (model_.config().norm == NormKind::rms_norm) {
        const auto inverse = torch::rsqrt(input.square().mean(-1, true) + epsilon);
        const auto unit = input * inverse;
        return inverse * (scaled - unit * (scaled * unit).mean(-1, true));
    }
    const auto centred = input - input.mean(-1, true);
    const auto inverse = torch::rsqrt(centred.square().mean(-1, true) + epsilon);
    const auto unit = centred * inverse;
    return inverse * (scaled - scaled.mean(-1, true) - unit * (scaled * unit).mean(-1, true));
}

torch::Tensor StreamGeometry::attention_gradients(
    int layer, const torch::Tensor& qkv_gradient) const
{
    const auto& config = model_.config();
    return blockwise(qkv_gradient, model_.weights().at(layer, LayerPart::qkv_weight).t(),
        config.heads + 2 * std::int64_t{ config.kv_heads });
}

torch::Tensor StreamGeometry::mlp_gradients(int layer, const torch::Tensor& mlp_in_gradient) const
{
    const auto& config = model_.config();
    const auto weight = model_.weights().at(layer, LayerPart::mlp_in_weight).t();
    const std::int64_t width = config.mlp_width;
    const int groups = graph_.groups_per_mlp();
    if (!config.gated_mlp)
        return blockwise(mlp_in_gradient, weight, groups);
    return blockwise(mlp_in_gradient.narrow(1, 0, width), weight.narrow(0, 0, width), groups)
        + blockwise(
            mlp_in_gradient.narrow(1, width, width), weight.narrow(0, width, width), groups);
}

torch::Tensor StreamGeometry::gradients(
    const ForwardTaps& taps, const TapGradients& gradients, const torch::Tensor& rows) const
{
    const Weights& weights = model_.weights();
    const auto of = [&rows](const torch::Tensor& gradient, const torch::Tensor& tap) {
        return pick_rows(gradient.defined() ? gradient : torch::zeros_like(tap), rows);
    };
    std::vector<torch::Tensor> parts;
    for (int layer = 0; layer < model_.config().layers; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        const auto& tap = taps.layers[at];
        parts.push_back(through_norm(attention_gradients(layer, of(gradients.qkv[at], tap.qkv)),
            pick_rows(tap.attention_input, rows),
            weights.at(layer, LayerPart::attention_norm_weight)));
        parts.push_back(through_norm(mlp_gradients(layer, of(gradients.mlp_in[at], tap.mlp_in)),
            pick_rows(tap.mlp_input, rows), weights.at(layer, LayerPart::mlp_norm_weight)));
    }
    if (graph_.options().kind == GraphKind::full)
        parts.push_back(of(gradients.final_input, taps.final_input).unsqueeze(0));
    return torch::cat(parts);
}

torch::Tensor StreamGeometry::edge_cells() const
{
    const auto edges = graph_.edges();
    const std::int64_t upstream = graph_.upstream_count();
    const std::int64_t downstream = graph_.downstream_count();
    auto cells = torch::empty({ static_cast<std::int64_t>(edges.size()) }, torch::kInt64);
    auto* cell = cells.data_ptr<std::int64_t>();
    for (const Edge& edge : edges)
        *cell++ = edge.source.value * downstream + (edge.target.value - upstream);
    return cells.to(model_.device());
}

} // namespace circuitloom
