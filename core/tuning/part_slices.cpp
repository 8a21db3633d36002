#include "core/tuning/part_slices.h"

#include <algorithm>
#include <cstddef>

namespace circuitloom {

namespace {

using Kind = ParameterPart::Kind;

/// What `part` opens for training, of parts that a node has alone.
OpenedParts opened_by(const ParameterPart& part, const ComputationalGraph& graph)
{
    OpenedParts opened = nothing_opened(graph);
    for (const NodeId node : nodes_with(graph, part))
        open_node(opened, graph.node(node));
    return opened;
}

/// Biases that open with any of several nodes, and so are no node's alone.
bool is_shared(LayerPart part, const ComputationalGraph& graph)
{
    return part == LayerPart::output_bias
        || (part == LayerPart::mlp_out_bias && graph.groups_per_mlp() > 1);
}

/// The tensors of a layer that belong to no node alone, or those at an end of the model; empty for
/// parts of nodes.
std::vector<const torch::Tensor*> whole_tensors(
    const ParameterPart& part, const ComputationalGraph& graph, const Weights& weights)
{
    using enum LayerPart;
    switch (part.kind) {
    case Kind::embedding:
        return { &weights.token_embedding, &weights.position_embedding };
    case Kind::unembedding:
        return { &weights.final_norm_weight, &weights.final_norm_bias, &weights.unembedding,
            &weights.unembedding_bias };
    case Kind::shared:
        break;
    default:
        return {};
    }
    std::vector<const torch::Tensor*> tensors;
    for (std::size_t i = 0; i < layer_part_count; ++i) {
        const auto which = static_cast<LayerPart>(i);
        const bool of_nodes = which == qkv_weight || which == qkv_bias || which == output_weight
            || which == mlp_in_weight || which == mlp_in_bias || which == mlp_out_weight
            || (which == mlp_out_bias && !is_shared(which, graph));
        if (!of_nodes)
            tensors.push_back(&weights.at(part.layer, which));
    }
    return tensors;
}

} // namespace

std::vector<ParameterSlice> slices_of(const ParameterPart& part, const ComputationalGraph& graph,
    const ModelConfig& config, const Weights& weights)
{
    std::vector<ParameterSlice> slices;
    const auto all = weights.all();
    const auto whole = whole_tensors(part, graph, weights);
    for (const torch::Tensor* tensor : whole)
        if (tensor->defined())
            slices.push_back(
                { static_cast<std::size_t>(std::ranges::find(all, tensor) - all.begin()), {}, 0, 0,
                    tensor->size(0), {} });
    if (!whole.empty())
        return slices;
    const ParameterMask mask = ParameterMask::of(opened_by(part, graph), graph, config, weights);
    for (const ParameterSlice& slice : mask.slices())
        if (!is_shared(slice.place.part, graph))
            slices.push_back(slice);
    return slices;
}

} // namespace circuitloom
