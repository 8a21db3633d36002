#include "core/evaluation/written_outputs.h"

#include <algorithm>

namespace circuitloom {

namespace {

bool zero_drops_bias(const ComputationalGraph& graph, Baseline kind)
{
    return kind == Baseline::zero && graph.options().mlp_group_size == 0;
}

} // namespace

torch::Tensor written_difference(const Transformer& model, const ComputationalGraph& graph,
    const Node& node, const torch::Tensor& change, Baseline kind)
{
    if (node.kind == NodeKind::input)
        return change;
    const auto through = [&](BlockHalf half, std::int64_t first, std::int64_t count) {
        return torch::mm(change.narrow(1, first, count),
            model.writing_weight(node.layer, half).narrow(0, first, count));
    };
    if (node.kind == NodeKind::head) {
        const std::int64_t dim = model.config().head_dim;
        return through(BlockHalf::attention, node.index * dim, dim);
    }
    const NeuronRange neurons = graph.group_range(std::max(node.index, 0));
    const auto difference = through(BlockHalf::mlp, neurons.first, neurons.count);
    const auto bias = model.writing_bias(node.layer, BlockHalf::mlp);
    return bias.defined() && zero_drops_bias(graph, kind) ? difference + bias : difference;
}

torch::Tensor baseline_attention(const Transformer& model, int layer, const torch::Tensor& heads)
{
    const auto written = torch::matmul(heads, model.writing_weight(layer, BlockHalf::attention));
    const auto bias = model.writing_bias(layer, BlockHalf::attention);
    return bias.defined() ? written + bias : written;
}

torch::Tensor baseline_mlp(const Transformer& model, const ComputationalGraph& graph, int layer,
    const torch::Tensor& hidden, Baseline kind)
{
    const auto written = torch::matmul(hidden, model.writing_weight(layer, BlockHalf::mlp));
    const auto bias = model.writing_bias(layer, BlockHalf::mlp);
    return bias.defined() && !zero_drops_bias(graph, kind) ? written + bias : written;
}

torch::Tensor baseline_rows(const torch::Tensor& baseline, const torch::Tensor& rows)
{
    if (baseline.dim() == 1)
        return baseline;
    return baseline.reshape({ -1, baseline.size(-1) }).index_select(0, rows);
}

} // namespace circuitloom
