#include "core/discovery/integrated_gradients.h"

namespace circuitloom {

namespace {

torch::Tensor between(const torch::Tensor& baseline, const torch::Tensor& clean, double share)
{
    return (baseline + share * (clean - baseline)).detach();
}

/// One set of writers that moves from its baseline to its clean value.
struct Path
{
    std::function<void(ForwardEdits& edits, double share)> move;
    WriterRange writers; ///< those that move; none where everything follows from the embedding
};

std::vector<Path> paths_by_layer(const Transformer& model, const ComputationalGraph& graph,
    const ForwardTaps& clean, const BaselineActivations& baseline)
{
    std::vector<Path> paths;
    std::int64_t next = 0;
    const auto add = [&](std::int64_t writers, std::function<void(ForwardEdits&, double)> move) {
        paths.push_back({ std::move(move), { next, writers } });
        next += writers;
    };
    if (graph.options().kind == GraphKind::full)
        add(1, [&](ForwardEdits& edits, double share) {
            edits.embedding = between(baseline.embedding, clean.embedding, share);
        });
    const auto layers = clean.layers.size();
    for (std::size_t layer = 0; layer < layers; ++layer) {
        add(model.config().heads, [&, layer, layers](ForwardEdits& edits, double share) {
            edits.heads.resize(layers);
            edits.heads[layer]
                = between(baseline.heads[layer], clean.layers[layer].head_sources, share);
        });
        add(graph.groups_per_mlp(), [&, layer, layers](ForwardEdits& edits, double share) {
            const int number = static_cast<int>(layer);
            const HeldBlock held = model.hold(number);
            const auto bias = model.writing_bias(number, BlockHalf::mlp);
            auto base
                = torch::matmul(baseline.mlps[layer], model.writing_weight(number, BlockHalf::mlp));
            // The baseline of an MLP contains b_out, unless the MLP is whole and its baseline zero.
            if (bias.defined()
                && (baseline.kind != Baseline::zero || graph.options().mlp_group_size > 0))
                base = base + bias;
            edits.mlp_output.resize(layers);
            edits.mlp_output[layer] = between(base, clean.layers[layer].mlp_written, share);
        });
    }
    return paths;
}

} // namespace

void add_integrated_gradients(EdgeScores& scores, const Transformer& model,
    const ComputationalGraph& graph, const torch::Tensor& ids, const ForwardTaps& clean,
    const BaselineActivations& baseline, const BatchMetric& metric, const torch::Tensor& rows,
    const DiscoveryOptions& options, double weight)
{
    std::vector<Path> paths;
    if (options.path != IntegrationPath::inputs)
        paths = paths_by_layer(model, graph, clean, baseline);
    else
        paths.push_back({ [&](ForwardEdits& edits, double share) {
                             edits.embedding = between(baseline.embedding, clean.embedding, share);
                         },
            {} });
    const bool own_edges = options.path == IntegrationPath::outputs;
    const int points = options.integration_steps;
    const int first = settled(options.points, options.path) == IntegrationPoints::left ? 0 : 1;
    const double share = weight / points / (own_edges ? 1.0 : static_cast<double>(paths.size()));
    for (const Path& path : paths)
        for (int k = first; k < first + points; ++k) {
            ForwardEdits edits;
            edits.embedding = clean.embedding;
            path.move(edits, static_cast<double>(k) / points);
            edits.embedding = edits.embedding.detach().requires_grad_();
            ForwardTaps taps;
            TapGradients gradients;
            if (model.spread()) {
                gradients = gradients_by_block(model, ids, edits, taps, metric, graph);
            } else {
                const auto hidden = model.hidden(ids, &taps, edits);
                gradients = tap_gradients(metric(hidden), taps, graph);
            }
            scores.add(clean, baseline, taps, gradients, rows, share,
                own_edges ? path.writers : WriterRange{});
        }
}

} // namespace circuitloom
