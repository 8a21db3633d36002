#include "core/discovery/edge_attribution.h"

#include "core/base/error.h"
#include "core/discovery/stream_geometry.h"
#include "core/evaluation/task_metric.h"

#include <torch/autograd.h>

#include <algorithm>

namespace circuitloom {

namespace {

// Rows are scored in stretches whose two tables stay under this many entries together.
constexpr std::int64_t table_entries = std::int64_t{ 1 } << 26;

void accumulate(torch::Tensor& sum, const torch::Tensor& part)
{
    sum = sum.defined() ? sum + part : part;
}

torch::Tensor scored_rows(const ScoredBatch& batch, ScoredPositions positions)
{
    if (positions == ScoredPositions::all)
        return batch.mask.reshape({ -1 }).nonzero().squeeze(1);
    // Two targets of one example may share a position; it counts once.
    return std::get<0>(at::_unique(batch.row, true, false));
}

} // namespace

TapGradients tap_gradients(const torch::Tensor& metric, const ForwardTaps& taps)
{
    torch::autograd::variable_list inputs;
    for (const auto& layer : taps.layers) {
        inputs.push_back(layer.qkv);
        inputs.push_back(layer.mlp_in);
    }
    inputs.push_back(taps.final_input);
    const auto found = torch::autograd::grad({ metric }, inputs, {}, /*retain_graph=*/true,
        /*create_graph=*/false, /*allow_unused=*/true);
    TapGradients gradients;
    for (std::size_t layer = 0; layer < taps.layers.size(); ++layer) {
        gradients.qkv.push_back(found[2 * layer]);
        gradients.mlp_in.push_back(found[2 * layer + 1]);
    }
    gradients.final_input = found.back();
    return gradients;
}

torch::Tensor edge_scores(const Transformer& model, const ComputationalGraph& graph,
    const ForwardTaps& taps, const TapGradients& gradients, const BaselineActivations& means,
    const ScoredBatch& batch, ScoredPositions positions)
{
    const torch::NoGradGuard no_grad;
    const StreamGeometry geometry(model, graph);
    const auto rows = scored_rows(batch, positions);
    const std::int64_t nodes = static_cast<std::int64_t>(graph.nodes().size());
    const std::int64_t stretch
        = std::max<std::int64_t>(1, table_entries / (nodes * model.config().d_model));
    torch::Tensor table;
    for (std::int64_t first = 0; first < rows.size(0); first += stretch) {
        const auto part = rows.narrow(0, first, std::min(stretch, rows.size(0) - first));
        const auto written = geometry.written(taps, means, part); // [upstream, row, d_model]
        const auto read = geometry.gradients(taps, gradients, part); // [downstream, row, d_model]
        accumulate(table, torch::mm(written.flatten(1), read.flatten(1).t()));
    }
    return table.flatten().index_select(0, geometry.edge_cells());
}

torch::Tensor discover_edges(const Transformer& model, const ComputationalGraph& graph,
    std::span<const EncodedExample> examples, ScoredPositions positions, int batch_size)
{
    if (examples.empty())
        throw InputError("There is no example to score the edges on.");
    std::vector<ScoredBatch> batches;
    for (std::size_t first = 0; first < examples.size();
         first += static_cast<std::size_t>(batch_size)) {
        std::vector<const EncodedExample*> part;
        const auto end = std::min(examples.size(), first + static_cast<std::size_t>(batch_size));
        for (std::size_t i = first; i < end; ++i)
            part.push_back(&examples[i]);
        batches.push_back(make_batch(part, model.device(), model.dtype()));
    }
    MeanAccumulator accumulator;
    for (const auto& batch : batches) {
        const torch::NoGradGuard no_grad;
        ForwardTaps taps;
        model.hidden(batch.ids, &taps);
        accumulator.add(taps, batch.mask);
    }
    const BaselineActivations means = accumulator.mean();
    torch::Tensor total;
    for (const auto& batch : batches) {
        ForwardTaps taps;
        const auto hidden = model.hidden(batch.ids, &taps);
        const auto gradients = tap_gradients(logit_difference(model, hidden, batch), taps);
        const double share
            = static_cast<double>(batch.examples) / static_cast<double>(examples.size());
        accumulate(total,
            edge_scores(model, graph, taps, gradients, means, batch, positions)
                    .to(torch::kCPU, torch::kFloat64)
                * share);
    }
    return total;
}

} // namespace circuitloom
