#include "core/discovery/stream_geometry.h"

#include <utility>

namespace circuitloom {

namespace {

torch::Tensor precise(const torch::Tensor& x)
{
    const auto type = x.scalar_type();
    const auto values = x.detach();
    return type == torch::kFloat64 || type == torch::kFloat32 ? values : values.to(torch::kFloat32);
}

torch::Tensor pick_rows(const torch::Tensor& x, const torch::Tensor& rows)
{
    const auto picked = x.detach().reshape({ -1, x.size(-1) }).index_select(0, rows);
    return picked.scalar_type() == torch::kFloat64 ? picked : picked.to(torch::kFloat32);
}

// A baseline is one value for all rows, or has rows of its own, of which `rows` are picked.
torch::Tensor pick_baseline(const torch::Tensor& baseline, const torch::Tensor& rows)
{
    return baseline.dim() == 1 ? precise(baseline) : pick_rows(baseline, rows);
}

// [row, n · width] times blocks of `width` rows of `weight` ([n · width, d_model]), into `product`
// ([n, row, d_model]); the last block may be smaller.
void blockwise(
    const torch::Tensor& product, const torch::Tensor& x, const torch::Tensor& weight,
    std::int64_t width)
{
    const auto blocks = x.size(1) / width;
    const auto even = blocks * width;
    auto whole = product.narrow(0, 0, blocks);
    torch::bmm_out(whole, x.narrow(1, 0, even).view({ x.size(0), blocks, width }).transpose(0, 1),
        weight.narrow(0, 0, even).view({ blocks, width, weight.size(1) }));
    const auto rest = x.size(1) - even;
    if (rest == 0)
        return;
    auto last = product.select(0, blocks);
    torch::mm_out(last, x.narrow(1, even, rest), weight.narrow(0, even, rest));
}

} // namespace

StreamGeometry::StreamGeometry(
    const Transformer& model, const ComputationalGraph& graph, std::int64_t kept_bytes)
    : model_(model)
    , graph_(graph)
{
    if (model.spread()) // what is kept could be the weights themselves, which are here for a while
        return;
    const std::int64_t exact = model.dtype() == torch::kFloat64 ? 8 : 4;
    if (read_through_entries(model.config(), graph.options()) * exact <= kept_bytes)
        for (auto* kept : { &qkv_, &mlp_in_ })
            kept->resize(static_cast<std::size_t>(model.config().layers));
}

torch::Tensor StreamGeometry::in_weight(int layer, BlockHalf half) const
{
    return precise(model_.weights().at(layer,
        half == BlockHalf::attention ? LayerPart::qkv_weight : LayerPart::mlp_in_weight));
}

torch::Tensor StreamGeometry::read_through(
    int layer, BlockHalf half, const torch::Tensor& norm) const
{
    const auto form = [&] {
        const auto weight = in_weight(layer, half);
        return norm.defined() ? weight * norm.unsqueeze(1) : weight;
    };
    auto& all = half == BlockHalf::attention ? qkv_ : mlp_in_;
    if (all.empty())
        return form();
    auto& kept = all[static_cast<std::size_t>(layer)];
    if (!kept.defined())
        kept = form();
    return kept;
}

HeldBlock StreamGeometry::hold(int block) const
{
    return block < norms() ? model_.hold(block / 2) : HeldBlock();
}

torch::Tensor StreamGeometry::whole_mlp_written(int layer, const torch::Tensor& hidden) const
{
    const HeldBlock held = model_.hold(layer);
    return torch::matmul(hidden, precise(model_.writing_weight(layer, BlockHalf::mlp)));
}

// [writer, row, d_model] from the embedding, the heads' z, and the MLPs' outputs (their hidden
// units where they are split into groups).
torch::Tensor StreamGeometry::written_by(const torch::Tensor& embedding,
    const std::vector<torch::Tensor>& heads, const std::vector<torch::Tensor>& mlps) const
{
    auto written = torch::empty(
        { graph_.upstream_count(), embedding.size(0), embedding.size(1) }, embedding.options());
    std::int64_t next = 0;
    const auto take = [&](std::int64_t count) {
        next += count;
        return written.narrow(0, next - count, count);
    };
    if (graph_.options().kind == GraphKind::full)
        take(1).copy_(embedding.unsqueeze(0));
    for (int layer = 0; layer < model_.config().layers; ++layer) {
        const HeldBlock held = model_.hold(layer);
        const auto at = static_cast<std::size_t>(layer);
        const auto weight
            = [&](BlockHalf half) { return precise(model_.writing_weight(layer, half)); };
        blockwise(take(model_.config().heads), heads[at], weight(BlockHalf::attention),
            model_.config().head_dim);
        if (whole_mlps())
            take(1).copy_(mlps[at].unsqueeze(0));
        else
            blockwise(take(graph_.groups_per_mlp()), mlps[at], weight(BlockHalf::mlp),
                graph_.options().mlp_group_size);
    }
    return written;
}

torch::Tensor StreamGeometry::written(
    const ForwardTaps& taps, const BaselineActivations& baseline, const torch::Tensor& rows) const
{
    std::vector<torch::Tensor> heads, mlps;
    for (int layer = 0; layer < model_.config().layers; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        const auto& tap = taps.layers[at];
        heads.push_back(
            pick_rows(tap.head_sources, rows) - pick_baseline(baseline.heads[at], rows));
        auto mlp = pick_rows(whole_mlps() ? tap.mlp_written : tap.mlp_sources, rows);
        if (!whole_mlps()) {
            mlp -= pick_baseline(baseline.mlps[at], rows);
        } else if (baseline.kind != Baseline::zero) {
            const HeldBlock held = model_.hold(layer);
            mlp -= whole_mlp_written(layer, pick_baseline(baseline.mlps[at], rows));
            const auto bias = model_.writing_bias(layer, BlockHalf::mlp);
            if (bias.defined())
                mlp -= precise(bias);
        }
        mlps.push_back(mlp);
    }
    return written_by(
        pick_rows(taps.embedding, rows) - pick_baseline(baseline.embedding, rows), heads, mlps);
}

torch::Tensor StreamGeometry::written_difference(
    const BaselineActivations& minuend, const BaselineActivations& subtrahend) const
{
    const auto difference = [](const torch::Tensor& a, const torch::Tensor& b) {
        return (precise(a) - precise(b)).unsqueeze(0);
    };
    std::vector<torch::Tensor> heads, mlps;
    for (int layer = 0; layer < model_.config().layers; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        heads.push_back(difference(minuend.heads[at], subtrahend.heads[at]));
        const auto mlp = difference(minuend.mlps[at], subtrahend.mlps[at]);
        mlps.push_back(whole_mlps() ? whole_mlp_written(layer, mlp) : mlp);
    }
    return written_by(difference(minuend.embedding, subtrahend.embedding), heads, mlps).squeeze(1);
}

int StreamGeometry::blocks() const
{
    return norms() + (graph_.options().kind == GraphKind::full ? 1 : 0);
}

ReadNorms StreamGeometry::read_norms(const ForwardTaps& taps, const torch::Tensor& rows) const
{
    const torch::NoGradGuard no_grad;
    const auto& first = taps.layers.front().attention_input;
    const auto options = first.options().dtype(
        first.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32);
    // Without a norm nothing is taken out along its unit.
    if (!model_.config().input_norms)
        return { torch::zeros({ norms(), rows.size(0), first.size(-1) }, options),
            torch::ones({ norms(), rows.size(0), 1 }, options) };
    auto units = torch::empty({ norms(), rows.size(0), first.size(-1) }, options);
    std::int64_t norm = 0;
    for (const LayerTaps& tap : taps.layers)
        for (const auto* input : { &tap.attention_input, &tap.mlp_input })
            units.select(0, norm++).copy_(pick_rows(*input, rows));
    if (model_.config().norm == NormKind::layer_norm)
        units.sub_(units.mean(-1, true));
    const auto inverse
        = units.square().mean(-1, true).add_(model_.config().norm_epsilon).rsqrt_();
    return { units.mul_(inverse), inverse };
}

std::int64_t StreamGeometry::readers(int block) const
{
    if (block == norms())
        return 1;
    const ModelConfig& config = model_.config();
    return block % 2 == 0 ? config.heads + 2 * std::int64_t{ config.kv_heads }
                          : graph_.groups_per_mlp();
}

ReaderBlock StreamGeometry::block(int index, const ForwardTaps& taps, const TapGradients& gradients,
    const ReadNorms& norms_read, const torch::Tensor& rows, torch::Tensor scaled) const
{
    const torch::NoGradGuard no_grad;
    const auto of = [&rows](const torch::Tensor& gradient, const torch::Tensor& tap) {
        return pick_rows(gradient.defined() ? gradient : torch::zeros_like(tap), rows);
    };
    const auto read_by = [&](const Node& node, torch::Tensor row_sum, torch::Tensor width_sum) {
        const NodeId first = *graph_.find_node(node);
        return ReaderBlock{ first.value, graph_.writers_of(first), scaled, std::move(row_sum),
            std::move(width_sum) };
    };
    const auto read_whole = [&](const Node& node, const torch::Tensor& gradient) {
        scaled.select(0, 0).copy_(gradient);
        return read_by(node, gradient.sum(0, true), gradient.sum(1).unsqueeze(0));
    };
    if (index == norms())
        return read_whole(
            { NodeKind::logits, -1, -1 }, of(gradients.final_input, taps.final_input));

    const int layer = index / 2;
    const HeldBlock held = model_.hold(layer);
    const auto at = static_cast<std::size_t>(layer);
    const auto& tap = taps.layers[at];
    const bool attention = index % 2 == 0;
    const auto inverse = norms_read.inverse.select(0, index);
    const auto half = attention ? BlockHalf::attention : BlockHalf::mlp;
    auto norm = model_.read_norm_weight(layer, half);
    if (norm.defined())
        norm = precise(norm);
    if (!attention && whole_mlps()) {
        const auto gradient = of(gradients.mlp_normed[at], tap.mlp_normed) * inverse;
        return read_whole(
            { NodeKind::mlp_in, layer, -1 }, norm.defined() ? gradient * norm : gradient);
    }

    const auto gradient = (attention ? of(gradients.qkv[at], tap.qkv)
                                     : of(gradients.mlp_in[at], tap.mlp_in))
        * inverse;
    const std::int64_t width
        = attention ? model_.config().head_dim : graph_.options().mlp_group_size;
    // For few rows the norm's weight multiplies what is read rather than the whole matrix, which a
    // step of tuning would multiply for one use.
    const bool late = norm.defined() && rows.size(0) <= 2 * width
        && (model_.dtype() == torch::kFloat32 || model_.dtype() == torch::kFloat64);
    const auto weight
        = (late ? in_weight(layer, half) : read_through(layer, half, norm)).t();
    if (!attention && model_.config().gated_mlp) {
        const std::int64_t in = model_.config().mlp_width;
        blockwise(scaled, gradient.narrow(1, 0, in), weight.narrow(0, 0, in), width);
        const auto gate = scaled.clone();
        blockwise(scaled, gradient.narrow(1, in, in), weight.narrow(0, in, in), width);
        scaled.add_(gate);
    } else {
        blockwise(scaled, gradient, weight, width);
    }
    if (late)
        scaled.mul_(norm);
    return read_by(
        { attention ? NodeKind::query : NodeKind::mlp_group_in, layer, 0 }, scaled.sum(1),
        scaled.sum(2));
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
