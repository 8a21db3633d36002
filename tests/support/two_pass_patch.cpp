#include "tests/support/two_pass_patch.h"

namespace circuitloom::testing {

using torch::Tensor;

namespace {

// The reference keeps b_out apart; as a node's output it belongs to the whole MLP.
std::vector<Tensor> with_bias(
    const Transformer& model, const ComputationalGraph& graph, std::vector<Tensor> written)
{
    for (std::size_t u = 0; u < written.size(); ++u) {
        const Node& node = graph.nodes()[u];
        if (node.kind != NodeKind::mlp)
            continue;
        const auto& bias = model.weights().at(node.layer, LayerPart::mlp_out_bias);
        if (bias.defined())
            written[u] = written[u] + bias * model.config().residual_scale;
    }
    return written;
}

} // namespace

std::vector<Tensor> written_outputs(
    const Transformer& model, const ComputationalGraph& graph, const Tensor& ids)
{
    return with_bias(model, graph, reference_pass(model, graph, ids).written);
}

std::vector<Tensor> written_baselines(const Transformer& model, const ComputationalGraph& graph,
    Baseline kind, const Tensor& ids, const Tensor& mask, const Tensor& corrupted)
{
    if (kind == Baseline::corrupted)
        return written_outputs(model, graph, corrupted);
    std::vector<Tensor> baselines;
    for (const auto& written : written_outputs(model, graph, ids)) {
        auto sum = torch::zeros({ written.size(2) }, written.options());
        double tokens = 0;
        for (std::int64_t b = 0; kind == Baseline::mean && b < mask.size(0); ++b)
            for (std::int64_t p = 0; p < mask.size(1); ++p)
                if (mask[b][p].item<bool>()) {
                    sum += written[b][p];
                    tokens += 1;
                }
        baselines.push_back(kind == Baseline::mean ? sum / tokens : sum);
    }
    return baselines;
}

Tensor patched_logits(const Transformer& model, const ComputationalGraph& graph,
    const std::vector<bool>& kept, const Tensor& ids, const Tensor& where,
    const std::vector<Tensor>& baselines)
{
    std::map<NodeId, Tensor> changes;
    // Downstream nodes are numbered in the order in which a pass comes to them.
    for (std::int32_t v = graph.upstream_count(); v < static_cast<int>(graph.nodes().size()); ++v) {
        std::vector<std::size_t> ablated;
        for (std::size_t e = 0; e < kept.size(); ++e)
            if (graph.edges()[e].target.value == v && !kept[e])
                ablated.push_back(static_cast<std::size_t>(graph.edges()[e].source.value));
        if (ablated.empty())
            continue;
        const auto written
            = with_bias(model, graph, reference_pass(model, graph, ids, changes).written);
        auto change = torch::zeros_like(written.front());
        for (const std::size_t u : ablated)
            change = change + (baselines[u] - written[u]) * where;
        changes[{ v }] = change;
    }
    return reference_pass(model, graph, ids, changes).logits;
}

} // namespace circuitloom::testing
